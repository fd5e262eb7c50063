import { z } from 'zod';
import { allValues, firstRow, valueOf, type Store } from './database.ts';
import type { SearchedText, StoredArticle } from './stored-article.ts';
import { ARTICLE_COLUMNS, ARTICLE_TABLES, jsonOf, parseArticleRow } from './stored-article.ts';

export interface DatedDoc {
  readonly doc: number;
  /** Days since 1970-01-01; null when unknown. */
  readonly day: number | null;
}

/** The articles of these document ids, in the order asked for; those that are gone are left out. */
export function articlesByDoc(store: Store, docs: readonly number[]): StoredArticle[] {
  const sql = `SELECT ${ARTICLE_COLUMNS} FROM ${ARTICLE_TABLES} WHERE articles.doc = ?`;
  return docs.flatMap((doc) => firstRow(store, sql, doc) ?? []).map(parseArticleRow);
}

const searchedRow = z.object({
  title: z.string(),
  text: z.string(),
  kicker: z.string().nullable(),
  subtitle: z.string().nullable(),
  captions: jsonOf(z.array(z.string())),
});

/** The text of an article, without what is never looked for in it; null when it is gone. */
export function searchedTexts(store: Store, doc: number): SearchedText | null {
  const row = firstRow(
    store,
    `SELECT title, text, details ->> '$.kicker' AS kicker, details ->> '$.subtitle' AS subtitle,
       details -> '$.captions' AS captions FROM articles WHERE doc = ?`,
    doc,
  );
  if (row === undefined) return null;
  const { title, text, ...details } = searchedRow.parse(row);
  return { title, text, details };
}

/** Document ids with the first day that their date may mean; those that are gone are left out. */
export function datedDocs(store: Store, docs: readonly number[]): DatedDoc[] {
  const sql = 'SELECT doc, first_day AS day FROM articles WHERE doc = ?';
  return docs.flatMap((doc) => firstRow<DatedDoc>(store, sql, doc) ?? []);
}

/** The newest of these document ids, `limit` at most; undated ones come last. */
export function newestDocs(store: Store, docs: readonly number[], limit: number): number[] {
  return allValues(
    store,
    `SELECT doc FROM articles WHERE doc IN (SELECT value FROM json_each(?))
     ORDER BY first_day DESC, doc DESC LIMIT ?`,
    JSON.stringify(docs),
    limit,
  );
}

/** Document ids above `after`, ascending, `limit` at most. */
export function docsAfter(store: Store, after: number, limit: number): number[] {
  return allValues(
    store,
    'SELECT doc FROM articles WHERE doc > ? ORDER BY doc LIMIT ?',
    after,
    limit,
  );
}

/** The greatest document id; 0 for an empty store. */
export function lastDoc(store: Store): number {
  return valueOf<number>(store, 'SELECT coalesce(max(doc), 0) FROM articles')!;
}

/** Every article, in the order they were taken in, one at a time. */
export function* allArticles(store: Store): Generator<StoredArticle> {
  const next = `SELECT ${ARTICLE_COLUMNS} FROM ${ARTICLE_TABLES}
    WHERE articles.doc > ? ORDER BY articles.doc LIMIT 1`;
  // One by one, so that no read transaction stays open while the caller waits on a slow pipe.
  for (let after = 0; ;) {
    const row = firstRow(store, next, after);
    if (row === undefined) return;
    const article = parseArticleRow(row);
    yield article;
    after = article.doc;
  }
}

/** Ids of the other articles of the duplicate group, the preferred copy first. */
export function duplicatesOf(store: Store, article: StoredArticle): string[] {
  const preferred = article.duplicateOf ?? article.id;
  const copies = 'SELECT id FROM articles WHERE duplicate_of = ? ORDER BY doc';
  return [preferred, ...allValues<string>(store, copies, preferred)].filter(
    (id) => id !== article.id,
  );
}

export function countArticles(store: Store): number {
  return valueOf<number>(store, 'SELECT count(*) FROM articles')!;
}

/** First and last publication day among all articles, as days since 1970-01-01; null when none is dated. */
export function dateSpan(store: Store): { first: number; last: number } | null {
  const { first, last } = firstRow<{ first: number | null; last: number | null }>(
    store,
    // One at a time, so that each is the end of an index and not a walk of the table.
    'SELECT (SELECT min(first_day) FROM articles) AS first, (SELECT max(last_day) FROM articles) AS last',
  )!;
  return first === null || last === null ? null : { first, last };
}
