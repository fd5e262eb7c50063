import { isoDate, type CalendarDate } from './calendar-date.ts';
import { readSmallNumber, readYear } from '../core/chinese-numerals.ts';
import { foldText } from './folded-text.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const YEAR = '((?:19|20)\\d{2})';
const HAN_NUMBER = '(\\d{1,2}|[零〇○一二三四五六七八九十廿卅]{1,3})';
const CHINESE = new RegExp(
  `(\\d{4}|[一二][〇零○O一二三四五六七八九]{3}) ?年(?:度)?(?: ?${HAN_NUMBER} ?月(?:份)?(?: ?${HAN_NUMBER} ?[日号])?)?`,
);
const SEPARATED = new RegExp(`(?<!\\d)${YEAR} ?([-/._]) ?(\\d{1,2})(?: ?\\2 ?(\\d{1,2}))?(?!\\d)`);
/** A time may follow the day. */
const COMPACT_DAY = new RegExp(
  `(?<!\\d)${YEAR}(\\d{2})(\\d{2})(?:T?\\d{2}|T?\\d{4}|T?\\d{6})?(?!\\d)`,
);
const COMPACT_MONTH = new RegExp(`(?<!\\d)${YEAR}(\\d{2})(?!\\d)`);
const YEAR_ALONE = new RegExp(`^${YEAR}$`);

/**
 * The date that a metadata clue gives, as precisely as it is written: `20230722`,
 * `2022-03-07 17:59:35 +0800`, `2022/3/7`, `2022年3月`, `二〇二三年五月`, `Mon, 07 Mar 2022`.
 * A time with another offset is read as the day in China. Null when it holds no real date.
 */
export function readDateClue(text: string): CalendarDate | null {
  const clue = foldText(text.slice(0, 200)).text.trim();
  for (const read of readers) {
    const date = read(clue);
    if (date !== null && isoDate(date) !== null) return date;
  }
  return null;
}

const readers: readonly ((clue: string) => CalendarDate | null)[] = [
  readChinese,
  readSeparated,
  readCompact,
  readEnglish,
  readEpoch,
];

function readChinese(clue: string): CalendarDate | null {
  const match = CHINESE.exec(clue);
  const year = match === null ? null : readYear(match[1]!);
  if (match === null || year === null) return null;
  return { year, month: numberOf(match[2]), day: numberOf(match[3]) };
}

function readSeparated(clue: string): CalendarDate | null {
  const match = SEPARATED.exec(clue);
  if (match === null) return null;
  const [, year, , month, day] = match;
  const date = { year: Number(year), month: Number(month), day: day ? Number(day) : null };
  return inChina(date, clue.slice(match.index + match[0].length));
}

function readCompact(clue: string): CalendarDate | null {
  const match = COMPACT_DAY.exec(clue) ?? COMPACT_MONTH.exec(clue) ?? YEAR_ALONE.exec(clue);
  if (match === null) return null;
  const [, year, month, day] = match;
  return { year: Number(year), month: month ? Number(month) : null, day: day ? Number(day) : null };
}

function readEnglish(clue: string): CalendarDate | null {
  const dayFirst = /(?<!\d)(\d{1,2}) ([a-z]{3})[a-z]*\.?,? ((?:19|20)\d{2})/i.exec(clue);
  const monthFirst = /([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d{2})/i.exec(clue);
  const [match, day, month] =
    dayFirst === null
      ? [monthFirst, monthFirst?.[2], monthFirst?.[1]]
      : [dayFirst, dayFirst[1], dayFirst[2]];
  const index = MONTHS.indexOf((month ?? '').toLowerCase());
  if (match === null || index < 0) return null;
  const date = { year: Number(match[3]), month: index + 1, day: Number(day) };
  return inChina(date, clue.slice(match.index + match[0].length));
}

/** Seconds or milliseconds since 1970, as content systems store them. */
function readEpoch(clue: string): CalendarDate | null {
  if (!/^(?:\d{10}|\d{13})$/.test(clue)) return null;
  return chinaDay(Number(clue) * (clue.length === 10 ? 1000 : 1));
}

/** `2022-03-06` + `T16:30:00Z` → 2022-03-07 in China. */
function inChina(date: CalendarDate, rest: string): CalendarDate {
  const time =
    /^[T ]{1,2}(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)? ?(Z|GMT|UTC|[+-]\d{2}:?\d{2})/.exec(rest);
  if (time === null || date.month === null || date.day === null) return date;
  const [, hours, minutes, zone = ''] = time;
  const offset = /^[+-]/.test(zone)
    ? Number(`${zone[0] ?? ''}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))
    : 0;
  const local = Date.UTC(date.year, date.month - 1, date.day, Number(hours), Number(minutes));
  return chinaDay(local - offset * 60_000);
}

function chinaDay(utc: number): CalendarDate {
  const china = new Date(utc + 8 * 3_600_000);
  return { year: china.getUTCFullYear(), month: china.getUTCMonth() + 1, day: china.getUTCDate() };
}

function numberOf(text: string | undefined): number | null {
  return text === undefined ? null : readSmallNumber(text);
}
