import type { DateClueOrigin, Page } from '../readers/page.ts';
import { compareDates, type CalendarDate } from './calendar-date.ts';
import { readDateClue } from './date-clue.ts';
import { dayIn, readDatedText, type DatedText, type DayMention } from './dated-text.ts';
import { foldText } from './folded-text.ts';
import { inferYear } from './publication-year.ts';

/** When a page was printed, as far as anything tells, and why we think so (a Chinese sentence). */
export interface Publication {
  readonly date: CalendarDate | null;
  readonly evidence: string;
}

const originNames: Readonly<Record<DateClueOrigin, string>> = {
  record: '记录字段',
  'front-matter': '文件头',
  'html-meta': '网页元数据',
  sidecar: '旁注文件',
  'file-name': '文件名',
};

// The first pages of a book-length text tell as much as all of it.
const READ_AT_MOST = 200_000;

/**
 * The publication date of a page, which all its stories share: a newspaper page is printed on one day. Strongest
 * first: the metadata, to the day; the date the page prints (header, dateline, bracket at the end); the latest past
 * day that any of its stories reports, which gives the month of printing, never the day. Evidence of the whole page
 * counts for a story that has none of its own. The year of 3月1日 is inferred, see `inferYear`.
 * @param thisYear no later year is believed.
 */
export function findPublication(page: Page, thisYear: number): Publication {
  const given = fromMetadata(page);
  if (given !== null && given.date.day !== null) return given;
  const dated = readDatedText(foldText(page.text.slice(0, READ_AT_MOST)).text);
  const told = fromText(dated, given?.date.year ?? null, thisYear);
  if (given === null) return told;
  if (told.date === null || !completes(told.date, given.date)) return given;
  return { date: told.date, evidence: `${given.evidence}；${told.evidence}` };
}

function fromMetadata({ metadata }: Page): { date: CalendarDate; evidence: string } | null {
  let best: { date: CalendarDate; evidence: string } | null = null;
  for (const { text, origin } of metadata.dates) {
    const date = readDateClue(text);
    if (date === null || (best !== null && !completes(date, best.date))) continue;
    const evidence = `${originNames[origin]}“${text.trim()}”`;
    best = { date, evidence: best === null ? evidence : `${best.evidence}；${evidence}` };
  }
  return best;
}

/** Whether a date says the same and more: a weaker clue may complete a stronger one, not correct it. */
function completes(date: CalendarDate, known: CalendarDate): boolean {
  if (date.year !== known.year) return false;
  if (known.month === null) return date.month !== null;
  return known.day === null && date.day !== null && date.month === known.month;
}

function fromText(dated: DatedText, givenYear: number | null, thisYear: number): Publication {
  const printed = dated.days.filter((day) => day.printed);
  const whole = latestOf(printed.filter((day) => day.year !== null && day.year <= thisYear));
  if (whole !== null) return { date: dayIn(whole, 0), evidence: `版面或文末印有“${whole.words}”` };
  const undated = dated.days.filter(({ year }) => year === null);
  const last = latestReported(undated);
  const inferred =
    givenYear === null ? inferYear(dated, last, thisYear) : { year: givenYear, reason: '' };
  if (inferred === null) return { date: null, evidence: unknownBecause(dated) };
  const { year, reason } = inferred;
  const because = reason === '' ? '' : `，${reason}`;
  const dateline = latestOf(printed.filter((day) => day.year === null));
  if (dateline !== null)
    return { date: dayIn(dateline, year), evidence: `电头“${dateline.words}”${because}` };
  const newest = last ?? latestOf(dated.days.filter((day) => day.year === year));
  const yearOnly: CalendarDate = { year, month: null, day: null };
  if (newest === null) return { date: yearOnly, evidence: `正文没有月日${because}` };
  const periodEnd = Math.max(0, ...dated.periodEnds);
  if (periodEnd >= newest.month && periodEnd < 12)
    return {
      date: yearOnly,
      evidence: `正文已有截至${periodEnd}月的数字，晚于“${newest.words}”，月份不能确定${because}`,
    };
  return {
    date: { year, month: newest.month, day: null },
    evidence: `全版最晚的已发生日期是“${newest.words}”${because}；只能取到月`,
  };
}

function unknownBecause({ days, years }: DatedText): string {
  const [day] = days;
  if (day === undefined && years.length === 0) return '元数据与正文都没有日期';
  if (years.length === 0) return `正文只有“${day?.words ?? ''}”，没有年份`;
  return `正文提到“${years[0]?.words ?? ''}”，不足以断定发表年份`;
}

/** The latest of the mentions, those without a year taken as of one year; null when there is none. */
function latestOf(mentions: readonly DayMention[]): DayMention | null {
  const byDate = [...mentions].sort((a, b) => compareDates(dayIn(b, 0), dayIn(a, 0)));
  return byDate[0] ?? null;
}

/**
 * The latest day that the text reports. Two things look later and are not: on a page of January, 12月28日 is last
 * year's; and a single day well after the days that several passages report is something announced.
 */
function latestReported(mentions: readonly DayMention[]): DayMention | null {
  const straddles = mentions.some(({ month }) => month <= 2);
  const days = straddles ? mentions.filter(({ month }) => month < 11) : mentions;
  const sorted = [...days].sort((a, b) => dayOfYear(b) - dayOfYear(a));
  for (const [index, mention] of sorted.entries()) {
    const next = sorted[index + 1];
    const isAlone = next !== undefined && dayOfYear(mention) - dayOfYear(next) > NEWS_DAYS;
    if (!isAlone || supportOf(sorted, index + 1) < SEVERAL) return mention;
  }
  return null;
}

// Papers report within days; announcements lie further ahead.
const NEWS_DAYS = 10;
const SEVERAL = 3;

/** How many mentions lie within the days before one. */
function supportOf(sorted: readonly DayMention[], index: number): number {
  const from = dayOfYear(sorted[index]!);
  return sorted.slice(index, index + SEVERAL).filter((day) => from - dayOfYear(day) <= NEWS_DAYS)
    .length;
}

function dayOfYear({ month, day }: DayMention): number {
  return month * 30.5 + day;
}
