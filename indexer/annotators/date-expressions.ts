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
  const text = (group: number): string | undefined => match[group];
  const value = (group: number): number | null => {
    const digits = match[group];
    return digits === undefined ? null : (readSmallNumber(digits) ?? NaN);
  };
  if (text(1) !== undefined)
    return {
      ...span,
      type: 'calendar',
      year: readYear(text(1) ?? ''),
      month: value(2),
      day: value(4) ?? value(3),
    };
  if (text(5) !== undefined)
    return { ...span, type: 'calendar', year: Number(text(5)), month: value(6), day: value(7) };
  const yearWord = text(8);
  if (yearWord !== undefined) {
    const years = yearShifts.get(yearWord) ?? 0;
    const month = value(10) ?? value(11) ?? seasonEnds.get(seasonOf(text(12))) ?? value(13);
    return { ...span, type: 'year-shift', years, month, day: value(15) ?? value(14) };
  }
  if (text(16) !== undefined)
    return { ...span, type: 'calendar', year: null, month: value(16), day: value(18) ?? value(17) };
  if (text(20) !== undefined) return { ...span, type: 'period', month: value(20) ?? NaN };
  return readWord(text(21) ?? '', span);
}

function readWord(word: string, span: { start: number; end: number }): DateExpression | null {
  const days = dayShifts.get(word);
  if (days !== undefined) return { ...span, type: 'day-shift', days };
  if (word.endsWith('月'))
    return { ...span, type: 'month-shift', months: word.startsWith('上') ? -1 : 0 };
  return word === '' ? null : { ...span, type: 'recently' };
}

const yearShifts: ReadonlyMap<string, number> = new Map([
  ['今年', 0],
  ['本年', 0],
  ['去年', -1],
  ['上年', -1],
  ['前年', -2],
  ['明年', 1],
]);

const dayShifts: ReadonlyMap<string, number> = new Map([
  ['前天', -2],
  ['昨日', -1],
  ['昨天', -1],
  ['今日', 0],
  ['今天', 0],
]);

const seasonEnds: ReadonlyMap<string, number> = new Map([
  ['上半年', 6],
  ['一季度', 3],
  ['二季度', 6],
  ['三季度', 9],
]);

function seasonOf(word: string | undefined): string {
  return (word ?? '').replace(/^[第前]/, '');
}

function isPossible(expression: DateExpression): boolean {
  if (expression.type === 'period') return expression.month >= 1 && expression.month <= 12;
  if (expression.type !== 'calendar' && expression.type !== 'year-shift') return true;
  const { month, day } = expression;
  // A leap year, since without a year 2月29日 is possible.
  const year = (expression.type === 'calendar' ? expression.year : null) ?? 2000;
  return isoDate({ year, month, day }) !== null;
}
