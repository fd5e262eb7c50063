import type { Page } from '../readers/page.ts';
import {
  articleFields,
  outsideText,
  type Annotator,
  type ArticleField,
  type DateAnnotation,
} from './annotation.ts';
import { isoDate, precisionOf, shiftDate, spokenDate, type CalendarDate } from './calendar-date.ts';
import { findDateExpressions, type DateExpression } from './date-expressions.ts';
import { foldText, originalSpan } from './folded-text.ts';
import { findPublication, type Publication } from './publication-date.ts';

/**
 * Dates an article: first, when it was printed (see `findPublication`; once a page, its stories share it), then every
 * date in its fields, those that leave out the year or say 去年 or 昨日 read from the date of printing.
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
  const dated = { date: iso, precision: precisionOf(date), evidence };
  return [{ type: 'date', role: 'publication', ...outsideText, ...dated }];
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
    const span = { field, ...originalSpan(folded, start, end) };
    const dated = { date: iso, precision: precisionOf(resolved.date), evidence: resolved.evidence };
    found.push({ type: 'date', role: 'mention', ...span, ...dated });
  }
  return found;
}

/** The date an expression means in a text of that date; null when that cannot be told. */
function resolve(
  expression: DateExpression,
  words: string,
  printed: CalendarDate | null,
  carriedYear: number | null,
): { readonly date: CalendarDate; readonly evidence: string } | null {
  const said = `正文“${words}”`;
  if (expression.type === 'calendar') {
    const { year, month, day } = expression;
    if (year !== null) return { date: { year, month, day }, evidence: said };
    if (carriedYear !== null) {
      const evidence = `${said}，年份承前文 ${carriedYear} 年`;
      return { date: { year: carriedYear, month, day }, evidence };
    }
  }
  const date = printed === null ? null : fromPrinting(expression, printed);
  if (printed === null || date === null) return null;
  return { date, evidence: `${said}，按发表日期 ${spokenDate(printed)}推算` };
}

function fromPrinting(expression: DateExpression, printed: CalendarDate): CalendarDate | null {
  switch (expression.type) {
    case 'calendar': {
      const { month, day } = expression;
      return { year: nearestYear(month ?? 1, printed), month, day };
    }
    case 'year-shift': {
      const { years, month, day } = expression;
      return { year: printed.year + years, month, day };
    }
    case 'day-shift':
      return printed.day === null ? null : shiftDate(printed, expression.days);
    case 'month-shift':
      return printed.month === null
        ? null
        : shiftDate({ ...printed, day: null }, expression.months);
    case 'recently':
      return printed.month === null ? null : { ...printed, day: null };
    case 'period': {
      const { month } = expression;
      return { year: nearestYear(month, printed), month, day: null };
    }
  }
}

/** 12月 in a paper of March is of the year before, 4月 is still to come. */
function nearestYear(month: number, { year, month: printedMonth }: CalendarDate): number {
  return printedMonth !== null && month > printedMonth + 3 ? year - 1 : year;
}
