import { isoDate } from './calendar-date.ts';
import { readSmallNumber, readYear } from '../core/chinese-numerals.ts';

/** A date as a folded text puts it; what it leaves out is null. */
export type DateExpression = { readonly start: number; readonly end: number } & (
  | {
      readonly type: 'calendar';
      readonly year: number | null;
      readonly month: number | null;
      readonly day: number | null;
    }
  /** 去年11月: `years` is -1. A period stands for its last month. */
  | {
      readonly type: 'year-shift';
      readonly years: number;
      readonly month: number | null;
      readonly day: number | null;
    }
  /** 昨日: -1. */
  | { readonly type: 'day-shift'; readonly days: number }
  /** 上月: -1. */
  | { readonly type: 'month-shift'; readonly months: number }
  /** 日前, 近日. */
  | { readonly type: 'recently' }
  /** 1-8月 without a year: `month` is the last. */
  | { readonly type: 'period'; readonly month: number }
);

const N = '(\\d{1,2}|[一二三四五六七八九十廿卅零〇]{1,3})';
const DAY = `${N} ?(?:[日号])?(?:(?: ?[至到~-] ?)${N} ?)?[日号]`;
const YEAR = '(?<![\\d.])((?:19|20)\\d{2}|[一二][〇零○一二三四五六七八九]{3}) ?年';

const SHAPES = new RegExp(
  [
    // 1 year, 2 month, 3 day, 4 last day
    `${YEAR}(?:度)?(?: ?${N} ?月(?:份)?(?: ?${DAY})?)?`,
    // 5–7
    '(?<![\\d.])((?:19|20)\\d{2})[-/.](\\d{1,2})[-/.](\\d{1,2})(?![\\d.])',
    // 8 the year in words; 9 first and 10 last month; 11 months; 12 season; 13 month, 14 day, 15 last day
    `(今年|本年|去年|上年|前年|明年)度?(?:${N} ?[至到~-] ?${N} ?月(?:份)?|前${N} ?个月|(上半年|下半年|第?[一二三四]季度|前[二三]季度|年初|年底)|${N} ?月(?:份)?(?: ?${DAY})?)?`,
    // 16 month, 17 day, 18 last day
    `(?<![\\d.])${N} ?月 ?${DAY}`,
    // 19 first and 20 last month
    `(?<![\\d.年])(\\d{1,2}) ?[至到~-] ?(\\d{1,2}) ?月(?!\\d)`,
    // 21
    '(昨日|昨天|今日|今天|前天|本月|上月|上个月|日前|近日)',
  ].join('|'),
  'g',
);

/** Every date in a folded text, by position. What no calendar has (2月30日) is left out. Linear. */
export function findDateExpressions(text: string): DateExpression[] {
  const found: DateExpression[] = [];
  for (const match of text.matchAll(SHAPES)) {
    const expression = readMatch(match);
    if (expression !== null && isPossible(expression)) found.push(expression);
  }
  return found;
}

function readMatch(match: RegExpExecArray): DateExpression | null {
  const span = { start: match.index, end: match.index + match[0].length };
  const value = (group: number): number | null => {
    const digits = match[group];
    return digits === undefined ? null : (readSmallNumber(digits) ?? NaN);
  };
  const calendar = (year: number | null, month: number, day: number | null) =>
    ({ ...span, type: 'calendar', year, month: value(month), day }) as const;
  const year = match[1];
  if (year !== undefined) return calendar(readYear(year), 2, value(4) ?? value(3));
  if (match[5] !== undefined) return calendar(Number(match[5]), 6, value(7));
  if (match[16] !== undefined) return calendar(null, 16, value(18) ?? value(17));
  const yearWord = match[8];
  if (yearWord !== undefined) {
    const years = yearShifts.get(yearWord) ?? 0;
    const season = match[12]?.replace(/^[第前]/, '') ?? '';
    const month = value(10) ?? value(11) ?? seasonEnds.get(season) ?? value(13);
    return { ...span, type: 'year-shift', years, month, day: value(15) ?? value(14) };
  }
  if (match[20] !== undefined) return { ...span, type: 'period', month: value(20) ?? NaN };
  const word = match[21] ?? '';
  const days = dayShifts.get(word);
  if (days !== undefined) return { ...span, type: 'day-shift', days };
  if (word.endsWith('月'))
    return { ...span, type: 'month-shift', months: word.startsWith('上') ? -1 : 0 };
  return word === '' ? null : { ...span, type: 'recently' };
}

const numbersOf = (numbers: Record<string, number>): ReadonlyMap<string, number> =>
  new Map(Object.entries(numbers));

const yearShifts = numbersOf({ 今年: 0, 本年: 0, 去年: -1, 上年: -1, 前年: -2, 明年: 1 });
const dayShifts = numbersOf({ 前天: -2, 昨日: -1, 昨天: -1, 今日: 0, 今天: 0 });
const seasonEnds = numbersOf({ 上半年: 6, 一季度: 3, 二季度: 6, 三季度: 9 });

function isPossible(expression: DateExpression): boolean {
  if (expression.type === 'period') return expression.month >= 1 && expression.month <= 12;
  if (expression.type !== 'calendar' && expression.type !== 'year-shift') return true;
  const { month, day } = expression;
  // A leap year, since without a year 2月29日 is possible.
  const year = (expression.type === 'calendar' ? expression.year : null) ?? 2000;
  return isoDate({ year, month, day }) !== null;
}
