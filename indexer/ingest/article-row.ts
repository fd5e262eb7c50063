import { createHash } from 'node:crypto';
import type { AnnotatedArticle } from '../annotators/annotation.ts';
import { dayRange } from '../core/day-range.ts';
import type { Page } from '../readers/page.ts';
import type { ArticleDetails } from '../store/stored-article.ts';

/** An article with its annotations as the store keeps it, by the names of the statements that write it. */
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

/** What an annotation is in the store, as an UPDATE sets it of an {@link articleRow}. */
export const SET_ANNOTATIONS = `details = @details, date = @date, date_precision = @datePrecision,
  first_day = @firstDay, last_day = @lastDay, source = @source, kind = @kind, parks = @parks,
  content_hash = @contentHash, changed_seq = @seq`;

/** Equal exactly when nothing that is stored of the article differs, its place in the file apart. */
export function contentHash({ article, annotations, ...folded }: AnnotatedArticle): string {
  const { page: _, ...own } = article;
  return sha256(JSON.stringify(own), JSON.stringify(folded), String(annotations.length));
}

/** Equal exactly when two pages hold the same text with the same metadata, wherever they lie. */
export function pageHash(page: Page): string {
  return sha256(page.layout, page.text, JSON.stringify(page.metadata));
}

/**
 * A public id for a new article: 16 hexadecimal digits, the same for the same story in a file of the
 * same name wherever the folder lies. `attempt` makes another one when the first is taken.
 */
export function mintId(annotated: AnnotatedArticle, attempt: number): string {
  const { page, title } = annotated.article;
  const fileName = page.file.split(/[/\\]/).at(-1)!;
  return sha256(title, annotated.text, fileName, page.place, String(attempt)).slice(0, 16);
}

function sha256(...fields: readonly string[]): string {
  const hash = createHash('sha256');
  // Length first, so that no two different field lists run together to the same bytes.
  for (const field of fields) hash.update(`${field.length}:`).update(field);
  return hash.digest('hex');
}
