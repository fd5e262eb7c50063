import type { CalendarDate } from './calendar-date.ts';
import { findDateExpressions, type DateExpression } from './date-expressions.ts';

type Calendar = Extract<DateExpression, { type: 'calendar' }>;

/** What one mention of a year says about the year in which the text was printed. */
export interface YearMention {
  readonly year: number;
  /** As printed, for evidence. */
  readonly words: string;
  /**
   * `dated`: with its month, in the past. `completed`: figures for the whole year, so it was over.
   * `plan`: what is to be done in it, so it had begun or was about to. `plain`: neither.
   */
  readonly sense: 'dated' | 'completed' | 'plan' | 'plain';
  /** Of `dated` only. */
  readonly month: number | null;
}

/** A past day in the text; `year` only when the text says it. */
export interface DayMention {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  readonly words: string;
  /** Stands where the paper prints its date: a dateline, a page header, a line of its own. */
  readonly printed: boolean;
}

export interface DatedText {
  readonly years: readonly YearMention[];
  readonly days: readonly DayMention[];
  /** Last months of periods that are over: 8 for 今年1-8月. */
  readonly periodEnds: readonly number[];
  /** 今年, 去年 and the like occur. */
  readonly speaksOfThisYear: boolean;
}

/** Reads from a folded text what tells when it was printed; goals and announcements are left out. */
export function readDatedText(text: string): DatedText {
  const years: YearMention[] = [];
  const days: DayMention[] = [];
  const periodEnds: number[] = [];
  let speaksOfThisYear = false;
  let carried: { year: number; end: number } | null = null;
  for (const expression of findDateExpressions(text)) {
    const ahead = isAhead(text, expression);
    if (expression.type === 'year-shift') {
      speaksOfThisYear ||= expression.years <= 0;
      if (!ahead && expression.years === 0 && expression.month !== null && expression.day === null)
        periodEnds.push(expression.month);
    }
    if (expression.type === 'period' && !ahead) periodEnds.push(expression.month);
    if (expression.type !== 'calendar') continue;
    const { year, month, day, start, end } = expression;
    const words = text.slice(start, end);
    if (year !== null && !ahead && !endsRange(text, start))
      years.push({ year, words, sense: senseOf(text, expression), month });
    // From one date to the next, not from the year on, so that a text of nothing but days takes linear time.
    const isSameSentence: boolean =
      carried !== null && !/[。\n]/.test(text.slice(carried.end, start));
    carried = isSameSentence ? { year: carried!.year, end: start } : null;
    const known: number | null = year ?? carried?.year ?? null;
    if (year !== null) carried = { year, end };
    if (month === null || day === null || ahead || startsSomething(text, end)) continue;
    days.push({ year: known, month, day, words, printed: isPrinted(text, expression) });
  }
  for (const anniversary of anniversaries(text)) years.push(anniversary);
  return { years, days, periodEnds, speaksOfThisYear };
}

/** The full date of a day mention, given the year of those that lack one. */
export function dayIn(mention: DayMention, year: number): CalendarDate {
  return { year: mention.year ?? year, month: mention.month, day: mention.day };
}

const AHEAD_BEFORE =
  /(?:到|至|力争|争取|预计|计划|拟|将|将于|将在|定于|有望|目标|截止|最迟|规划|确保|面向|展望)[^,。;:]{0,4}$/;
const AHEAD_AFTER =
  /^(?:之前|以前|前|年?底|年?末|远景|愿景|目标|实现碳|[^,。;:\n]{0,10}(?:将|拟)(?!军|领|帅))/;

/** A goal, a deadline or something announced; not 截至, which looks back. */
function isAhead(text: string, { start, end }: DateExpression): boolean {
  const before = text.slice(Math.max(0, start - 8), start);
  if (/截至[^,。;:]{0,3}$/.test(before)) return false;
  return AHEAD_BEFORE.test(before) || AHEAD_AFTER.test(text.slice(end, end + 14));
}

/** 2022年 in 2020—2022年. */
function endsRange(text: string, start: number): boolean {
  return /\d年?[-~至到]$/.test(text.slice(Math.max(0, start - 3), start));
}

/** 1月1日起施行: a rule begins; nothing was reported on that day. */
function startsSomething(text: string, end: number): boolean {
  return /^(?:零时)?(?:起|开始|截止)/.test(text.slice(end, end + 4));
}

function senseOf(text: string, { end, month }: Calendar): YearMention['sense'] {
  if (month !== null) return 'dated';
  const sentence = /^[^。\n]{0,60}/.exec(text.slice(end, end + 60))?.[0] ?? '';
  if (/^(?:以来|起|开始)/.test(sentence)) return 'plain';
  if (/^[^,;]{0,12}?(?:要|将|拟|计划|工作部署|工作会|工作要点|重中之重|目标任务)/.test(sentence))
    return 'plan';
  if (/同比|增长|完成|实现|达到|突破|净增|全年|总产值|营收|总额|累计|排名|评价/.test(sentence))
    return 'completed';
  return 'plain';
}

function isPrinted(text: string, { start, end, year }: Calendar): boolean {
  if (/^ ?[电讯]/.test(text.slice(end, end + 2))) return true;
  if (year === null) return false;
  const before = text.slice(Math.max(text.lastIndexOf('\n', start - 1) + 1, start - 60), start);
  const after = /^[^\n]{0,60}/.exec(text.slice(end, end + 60))?.[0] ?? '';
  if (/(?:发布|发表|刊发|更新|上传)(?:时间|日期|于)?[: ]*$|(?:时间|日期)[: ]*$/.test(before))
    return true;
  if (
    /\((?:原载|来源|刊于|载于|发布于)?[^()]{0,20}$/.test(before) &&
    /^[^()]{0,12}\)[ 。]*$/.test(after)
  )
    return true;
  const line = before + after;
  if (line.length > 50 || /[。,;]/.test(line)) return false;
  return line.trim() === '' || /星期|周[一二三四五六日]|版|[日晚早晨时导周]报|编辑|刊/.test(line);
}

/** 建党100周年 was in 2021; papers name the anniversary of the current year. */
function anniversaries(text: string): YearMention[] {
  const found: YearMention[] = [];
  for (const match of text.matchAll(/(建党|中国共产党成立|新中国成立|改革开放)(\d{2,3})周年/g)) {
    const origin = match[1] === '改革开放' ? 1978 : match[1] === '新中国成立' ? 1949 : 1921;
    const year = origin + Number(match[2]);
    found.push({ year, words: match[0], sense: 'plain', month: null });
  }
  return found;
}
