import { z } from 'zod';

export const storedParkSchema = z.object({
  id: z.string(),
  name: z.string(),
  listed: z.boolean(),
  mentions: z.int(),
});

/** What only the article page needs; kept as one JSON column. */
const articleDetailsSchema = z.object({
  kicker: z.string().nullable(),
  subtitle: z.string().nullable(),
  bylines: z.array(z.string()),
  authors: z.array(z.string()),
  captions: z.array(z.string()),
  section: z.string().nullable(),
  url: z.string().nullable(),
  keywords: z.array(z.string()),
  dateEvidence: z.string(),
  confidence: z.number(),
  parts: z.array(
    z.object({
      role: z.enum(['kicker', 'title', 'subtitle', 'byline', 'paragraph', 'crosshead', 'caption']),
      start: z.int(),
      end: z.int(),
    }),
  ),
});

const rowSchema = z.object({
  doc: z.int(),
  id: z.string(),
  title: z.string(),
  text: z.string(),
  details: z.string(),
  date: z.string().nullable(),
  date_precision: z.enum(['day', 'month', 'year', 'unknown']),
  first_day: z.int().nullable(),
  last_day: z.int().nullable(),
  source: z.string().nullable(),
  kind: z.enum(['story', 'brief', 'photo']),
  parks: z.string(),
  duplicate_of: z.string().nullable(),
  changed_seq: z.int(),
  file: z.string(),
  place: z.string(),
});

type StoredPark = z.infer<typeof storedParkSchema>;
export type ArticleDetails = z.infer<typeof articleDetailsSchema>;

export interface StoredArticle {
  /** The engine's document id; never re-used. */
  readonly doc: number;
  readonly id: string;
  readonly title: string;
  /** Paragraphs joined by `\n`. */
  readonly text: string;
  readonly date: string | null;
  readonly datePrecision: z.infer<typeof rowSchema>['date_precision'];
  /** Days since 1970-01-01 that the date may mean; null when unknown. */
  readonly firstDay: number | null;
  readonly lastDay: number | null;
  readonly source: string | null;
  readonly kind: z.infer<typeof rowSchema>['kind'];
  /** The primary park first. */
  readonly parks: readonly StoredPark[];
  readonly duplicateOf: string | null;
  readonly changedSeq: number;
  readonly details: ArticleDetails;
  readonly origin: { readonly file: string; readonly place: string };
}

/** What of an article may be looked for in its text. */
export interface SearchedText extends Pick<StoredArticle, 'title' | 'text'> {
  readonly details: Pick<ArticleDetails, 'kicker' | 'subtitle' | 'captions'>;
}

/** The columns that {@link parseArticleRow} takes; what is long may be given by other expressions. */
export function articleColumns(text = 'articles.text', details = 'articles.details'): string {
  return `articles.doc, articles.id, articles.title, ${text} AS text, ${details} AS details,
  articles.date, articles.date_precision, articles.first_day, articles.last_day, articles.source,
  articles.kind, articles.parks, articles.duplicate_of, articles.changed_seq,
  files.path AS file, pages.place AS place`;
}

export const ARTICLE_COLUMNS = articleColumns();

export const ARTICLE_TABLES = `articles JOIN files ON files.id = articles.file_id
  JOIN pages ON pages.id = articles.page_id`;

/**
 * A row of {@link ARTICLE_COLUMNS} as a typed article.
 * @throws ZodError when the store holds something this version did not write.
 */
export function parseArticleRow(row: unknown): StoredArticle {
  const checked = rowSchema.parse(row);
  return {
    doc: checked.doc,
    id: checked.id,
    title: checked.title,
    text: checked.text,
    date: checked.date,
    datePrecision: checked.date_precision,
    firstDay: checked.first_day,
    lastDay: checked.last_day,
    source: checked.source,
    kind: checked.kind,
    parks: z.array(storedParkSchema).parse(JSON.parse(checked.parks)),
    duplicateOf: checked.duplicate_of,
    changedSeq: checked.changed_seq,
    details: articleDetailsSchema.parse(JSON.parse(checked.details)),
    origin: { file: checked.file, place: checked.place },
  };
}
