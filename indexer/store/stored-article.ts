import { z } from 'zod';

/** A column of JSON, checked as what it says. */
export function jsonOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((json): unknown => JSON.parse(json))
    .pipe(schema);
}

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
  /** The engine's document id; never re-used. */
  doc: z.int(),
  id: z.string(),
  title: z.string(),
  /** Paragraphs joined by `\n`. */
  text: z.string(),
  date: z.string().nullable(),
  datePrecision: z.enum(['day', 'month', 'year', 'unknown']),
  /** Days since 1970-01-01 that the date may mean; null when unknown. */
  firstDay: z.int().nullable(),
  lastDay: z.int().nullable(),
  source: z.string().nullable(),
  kind: z.enum(['story', 'brief', 'photo']),
  /** The primary park first. */
  parks: jsonOf(z.array(storedParkSchema)),
  duplicateOf: z.string().nullable(),
  changedSeq: z.int(),
  details: jsonOf(articleDetailsSchema),
  file: z.string(),
  place: z.string(),
});

export type ArticleDetails = z.infer<typeof articleDetailsSchema>;

export type StoredArticle = Readonly<Omit<z.infer<typeof rowSchema>, 'file' | 'place'>> & {
  readonly origin: { readonly file: string; readonly place: string };
};

/** What of an article may be looked for in its text. */
export interface SearchedText extends Pick<StoredArticle, 'title' | 'text'> {
  readonly details: Pick<ArticleDetails, 'kicker' | 'subtitle' | 'captions'>;
}

/** The columns that {@link parseArticleRow} takes; what is long may be given by other expressions. */
export function articleColumns(text = 'articles.text', details = 'articles.details'): string {
  return `articles.doc, articles.id, articles.title, ${text} AS text, ${details} AS details,
  articles.date, articles.date_precision AS datePrecision, articles.first_day AS firstDay,
  articles.last_day AS lastDay, articles.source, articles.kind, articles.parks,
  articles.duplicate_of AS duplicateOf, articles.changed_seq AS changedSeq,
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
  const { file, place, ...article } = rowSchema.parse(row);
  return { ...article, origin: { file, place } };
}
