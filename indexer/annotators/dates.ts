import type { Page } from '../readers/page.ts';
import type { Annotator, DateAnnotation } from './annotation.ts';
import { articleFields, outsideText, type ArticleField } from './article-fields.ts';
import { isoDate, precisionOf, shiftDate, spokenDate, type CalendarDate } from './calendar-date.ts';
import { findDateExpressions, type DateExpression } from './date-expressions.ts';
import { foldText, originalSpan } from './folded-text.ts';
import { findPublication, type Publication } from './publication-date.ts';

/**
 * Dates an article: first, when it was printed (see `findPublication`; once a page, its stories
 * share it), then every date in its fields, those that leave out the year or say 去年 or 昨日 read
 * from the date of printing.
 */
export function createDateAnnotator(thisYear: number): Annotator {
  const publications = new WeakMap<Page, Publication>();
  const publicationOf = (page: Page): Publication => {
    const known = publications.get(page) ?? findPublication(page, thisYear);
    publications.set(page, known);
    return known;
  };
  return {
    name: 'dates',
    annotate(article) {
      const publication = publicationOf(article.page);
      return [
        ...publicationAnnotation(publication),
        ...articleFields(article).flatMap((field) => mentions(field, publication.date)),
      ];
    },
  };
}

function publicationAnnotation({ date, evidence }: Publication): DateAnnotation[] {
  const iso = date === null ? null : isoDate(date);
  if (date === null || iso === null) return [];
  return [
    {
      type: 'date',
      role: 'publication',
      ...outsideText,
      date: iso,
      precision: precisionOf(date),
      evidence,
    },
  ];
}

function mentions({ field, text }: ArticleField, printed: CalendarDate | null): DateAnnotation[] {
  const folded = foldText(text);
  const found: DateAnnotation[] = [];
  let carried: { year: number; end: number } | null = null;
  for (const expression of findDateExpressions(folded.text)) {
    const { start, end } = expression;
    const words = folded.text.slice(start, end);
    // From one date to the next, not from the year on, so that a text of nothing but days takes linear time.
    const sameSentence: boolean =
      carried !== null && !/[。\n]/.test(folded.text.slice(carried.end, start));
    carried = sameSentence ? { year: carried!.year, end: start } : null;
    const resolved = resolve(expression, words, printed, carried?.year ?? null);
    if (resolved === null) continue;
    const hasYear =
      expression.type === 'year-shift' ||
      (expression.type === 'calendar' && expression.year !== null);
    if (hasYear) carried = { year: resolved.date.year, end };
    const iso = isoDate(resolved.date);
    if (iso === null) continue;
    found.push({
      type: 'date',
      role: 'mention',
      field,
      ...originalSpan(folded, start, end),
      date: iso,
      precision: precisionOf(resolved.date),
      evidence: resolved.evidence,
    });
  }
  return found;
}

interface Resolved {
  readonly date: CalendarDate;
  readonly evidence: string;
}

/** The date an expression means in a text of that date; null when that cannot be told. */
function resolve(
  expression: DateExpression,
  words: string,
  printed: CalendarDate | null,
  carriedYear: number | null,
): Resolved | null {
  if (expression.type === 'calendar' && expression.year !== null) {
    const { year, month, day } = expression;
    return { date: { year, month, day }, evidence: `正文“${words}”` };
  }
  if (expression.type === 'calendar' && carriedYear !== null) {
    const { month, day } = expression;
    return {
      date: { year: carriedYear, month, day },
      evidence: `正文“${words}”，年份承前文 ${carriedYear} 年`,
    };
  }
  if (printed === null) return null;
  const since = `，按发表日期 ${spokenDate(printed)}推算`;
  const evidence = `正文“${words}”${since}`;
  switch (expression.type) {
    case 'calendar': {
      const { month, day } = expression;
      return { date: { year: nearestYear(month ?? 1, printed), month, day }, evidence };
    }
    case 'year-shift': {
      const { years, month, day } = expression;
      return { date: { year: printed.year + years, month, day }, evidence };
    }
    case 'day-shift':
      return printed.day === null ? null : { date: shiftDate(printed, expression.days), evidence };
    case 'month-shift':
      if (printed.month === null) return null;
      return { date: shiftDate({ ...printed, day: null }, expression.months), evidence };
    case 'recently':
      return printed.month === null ? null : { date: { ...printed, day: null }, evidence };
    case 'period':
      return {
        date: { year: nearestYear(expression.month, printed), month: expression.month, day: null },
        evidence,
      };
  }
}

/** 12月 in a paper of March is of the year before, 4月 is still to come. */
function nearestYear(month: number, { year, month: printedMonth }: CalendarDate): number {
  return printedMonth !== null && month > printedMonth + 3 ? year - 1 : year;
}
