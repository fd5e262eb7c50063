import { readSmallNumber, readYear } from '../../indexer/core/chinese-numerals.ts';
import { dayRange, isoDay } from '../../indexer/core/day-range.ts';

/** A stretch of time as the query language writes it: `YYYY[-MM[-DD]]`, inclusive; an empty end is open. */
interface DateSpan {
  readonly from: string;
  readonly to: string;
}

/** A date in words and the time it means. */
export interface DateWord extends DateSpan {
  /** It means something else on another day: 去年, 近三个月. */
  readonly relative: boolean;
}

/** No date word is longer, in UTF-16. */
export const LONGEST_DATE_WORD = 24;

/**
 * The time that a text means if all of it is a date in words, else null: `2021年3月5日`, `二〇二二年`,
 * `去年12月`, `2022年上半年`, `今年一季度`, `2022年春`, `2019-2021年`, `2022年1-8月`, `2020年以来`,
 * `2022年以前`, `近三个月`, `上月`. A bare number is none. 以来 and 以后 include the date, 以前 does not.
 * @param today `YYYY-MM-DD`
 */
export function readDateWord(text: string, today: string): DateWord | null {
  if (text.length < 2 || text.length > LONGEST_DATE_WORD) return null;
  const span =
    readPoint(text, today) ??
    readMonthRange(text, today) ??
    readOpenRange(text, today) ??
    readRange(text, today) ??
    readRecent(text, today) ??
    readNamedPeriod(text, today);
  return span !== null && isRealSpan(span)
    ? { ...span, relative: !/\d{4}|[一二][〇零○一二三四五六七八九]{3}/.test(text) }
    : null;
}

const YEAR = '(?:(?:19|20)\\d\\d|[一二][〇零○一二三四五六七八九]{3})';
const YEAR_WORD = `(?<year>${YEAR}年|[今去前]年)`;
const MONTH = '1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]';
const DAY = '3[01]|[12]\\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]';

const POINT = new RegExp(
  `^${YEAR_WORD}(?:(?<month>${MONTH})月(?:份|(?<day>${DAY})[日号]|(?<third>[上中下])旬)?|` +
    `(?<half>[上下])半年|第?(?<quarter>[一二三四1-4])季度|(?<season>[春夏秋冬])[季天]?)?$`,
);

/** One date: a year, or a part of it. */
function readPoint(text: string, today: string): DateSpan | null {
  const part = POINT.exec(text)?.groups;
  if (part === undefined) return null;
  const year = yearOf(part['year']!, today);
  if (part['month'] !== undefined) {
    const month = monthOf(year, readNumber(part['month']));
    if (part['day'] !== undefined) return only(`${month}-${two(readNumber(part['day']))}`);
    if (part['third'] === undefined) return only(month);
    if (part['third'] === '下') return { from: `${month}-21`, to: month };
    return part['third'] === '上'
      ? { from: `${month}-01`, to: `${month}-10` }
      : { from: `${month}-11`, to: `${month}-20` };
  }
  if (part['half'] !== undefined) return months(year, part['half'] === '上' ? 1 : 7, 6);
  if (part['quarter'] !== undefined) return months(year, readNumber(part['quarter']) * 3 - 2, 3);
  if (part['season'] !== undefined)
    return months(year, '春夏秋冬'.indexOf(part['season']) * 3 + 3, 3);
  return only(String(year));
}

const SEPARATOR = '(?:至|到|[-—–―~～－])';
const MONTH_RANGE = new RegExp(
  `^${YEAR_WORD}(?<first>${MONTH})月?${SEPARATOR}(?<last>${MONTH})月份?$`,
);

/** `2022年1-8月` */
function readMonthRange(text: string, today: string): DateSpan | null {
  const part = MONTH_RANGE.exec(text)?.groups;
  if (part === undefined) return null;
  const year = yearOf(part['year']!, today);
  const [first, last] = [readNumber(part['first']!), readNumber(part['last']!)];
  return first < last ? months(year, first, last - first + 1) : null;
}

/** `2019-2021年`, `2021年3月至2022年5月` */
function readRange(text: string, today: string): DateSpan | null {
  const separators = [...text.matchAll(new RegExp(SEPARATOR, 'g'))];
  for (const separator of separators) {
    const first = text.slice(0, separator.index);
    const from = readPoint(/^\d{4}$/.test(first) ? `${first}年` : first, today);
    const to = readPoint(text.slice(separator.index + separator[0].length), today);
    if (from !== null && to !== null) return { from: from.from, to: to.to };
  }
  return null;
}

const OPEN_RANGE = /^(.+?)(以来|至今|以后|之后|后|起|以前|之前|前)$/;

function readOpenRange(text: string, today: string): DateSpan | null {
  const match = OPEN_RANGE.exec(text);
  if (match === null) return null;
  const point = readPoint(match[1]!, today);
  if (point === null) return null;
  return match[2]!.endsWith('前')
    ? { from: '', to: before(point.from) }
    : { from: point.from, to: '' };
}

const RECENT =
  /^(?:最近|过去|近)的?(?:(?<half>半年)|(?<number>\d{1,3}|[一二两三四五六七八九]?十?[一二三四五六七八九]?)(?<unit>年|个月|个?季度|周|个?星期|天|日))来?$/;

/** `近三个月`, up to today. */
function readRecent(text: string, today: string): DateSpan | null {
  const part = RECENT.exec(text)?.groups;
  if (part === undefined) return null;
  const number = part['half'] === undefined ? readNumber(part['number']!) : 6;
  const [months, days] = UNITS[(part['unit'] ?? '月').replace(/^个/, '')]!;
  if (number < 1) return null;
  return { from: addDays(addMonths(today, -number * months), -number * days), to: today };
}

/** Months and days. */
const UNITS: Readonly<Record<string, readonly [number, number]>> = {
  年: [12, 0],
  季度: [3, 0],
  月: [1, 0],
  周: [0, 7],
  星期: [0, 7],
  天: [0, 1],
  日: [0, 1],
};

function readNamedPeriod(text: string, today: string): DateSpan | null {
  const [year, month] = today.split('-').map(Number) as [number, number];
  const quarter = month - ((month - 1) % 3);
  const day = dayRange(today)!.first;
  // 1970-01-01 was a Thursday.
  const monday = day - ((day + 3) % 7);
  switch (text) {
    case '上半年':
      return months(year, 1, 6);
    case '下半年':
      return months(year, 7, 6);
    case '本月':
    case '这个月':
      return months(year, month, 1);
    case '上月':
    case '上个月':
      return months(year, month - 1, 1);
    case '本季度':
      return months(year, quarter, 3);
    case '上季度':
      return months(year, quarter - 3, 3);
    case '本周':
    case '这周':
      return { from: isoDay(monday), to: isoDay(monday + 6) };
    case '上周':
    case '上星期':
      return { from: isoDay(monday - 7), to: isoDay(monday - 1) };
    default:
      return null;
  }
}

function yearOf(word: string, today: string): number {
  const back = '今去前'.indexOf(word.charAt(0));
  return back === -1 ? (readYear(word.slice(0, -1)) ?? 0) : Number(today.slice(0, 4)) - back;
}

/** 0 for what is no number. */
function readNumber(text: string): number {
  if (text === '两') return 2;
  return /^\d{3}$/.test(text) ? Number(text) : (readSmallNumber(text) ?? 0);
}

function only(date: string): DateSpan {
  return { from: date, to: date };
}

function months(year: number, first: number, count: number): DateSpan {
  return { from: monthOf(year, first), to: monthOf(year, first + count - 1) };
}

/** Days that exist, in a year of this age, in order. */
function isRealSpan({ from, to }: DateSpan): boolean {
  const first = from === '' ? null : dayRange(from);
  const last = to === '' ? null : dayRange(to);
  if ((from !== '' && first === null) || (to !== '' && last === null)) return false;
  if ([from, to].some((date) => date !== '' && !/^(?:19|20)/.test(date))) return false;
  return first === null || last === null || first.first <= last.last;
}

/** `YYYY-MM` for a month counted from January of a year; 13 is January of the next year. */
function monthOf(year: number, month: number): string {
  const at = year * 12 + month - 1;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${two((at % 12) + 1)}`;
}

/** The day so many days later, both `YYYY-MM-DD`. */
function addDays(day: string, days: number): string {
  return isoDay(dayRange(day)!.first + days);
}

/** The same day of a later month, or its last day: `2026-05-31` less three months is `2026-02-28`. */
function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const target = monthOf(year, month + months);
  const lastDay = isoDay(dayRange(target)!.last).slice(-2);
  return `${target}-${two(Math.min(date, Number(lastDay)))}`;
}

/** What comes just before a date, as precise as the date: `2022 → 2021`, `2022-01 → 2021-12`. */
function before(date: string): string {
  const day = new Date(date);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, date.length);
}

/** `07` for 7. */
function two(number: number): string {
  return String(number).padStart(2, '0');
}
