import type { AnnotatedArticle } from '../annotators/annotation.ts';
import { dayRange } from '../core/day-range.ts';
import type { ArticleDetails } from '../store/stored-article.ts';

/** What the store keeps of an article itself, by the names of the statements that write it. */
export type ArticleRow = ReturnType<typeof articleRow>;

/** An article with its annotations as the store keeps it. */
export function articleRow(annotated: AnnotatedArticle) {
  const { article, date } = annotated;
  const days = date.date === null ? null : dayRange(date.date);
  const details: ArticleDetails = {
    kicker: article.kicker,
    subtitle: article.subtitle,
    bylines: [...article.bylines],
    authors: [...annotated.authors],
    captions: [...article.captions],
    section: annotated.section,
    url: article.page.metadata.url ?? null,
    keywords: [...annotated.keywords],
    dateEvidence: date.evidence,
    confidence: article.confidence,
    parts: [...article.parts],
  };
  return {
    title: article.title,
    text: annotated.text,
    details: JSON.stringify(details),
    date: date.date,
    datePrecision: date.precision,
    firstDay: days?.first ?? null,
    lastDay: days?.last ?? null,
    source: annotated.source,
    kind: annotated.kind,
    parks: JSON.stringify(annotated.parks),
  };
}
