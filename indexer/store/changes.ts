import { allRows, firstRow, valueOf, type Store } from './database.ts';
import type { StoredArticle } from './stored-article.ts';
import { ARTICLE_COLUMNS, ARTICLE_TABLES, parseArticleRow } from './stored-article.ts';

/**
 * The store is a log of changes: each write takes the next number of one counter, and each index
 * remembers the number up to which it has followed. Pushing, catching up after a crash and building
 * a new index are then the same act: send what lies after that number.
 */

/** Takes the next change number; call inside the transaction that makes the change. */
export function nextSeq(store: Store): number {
  return valueOf<number>(store, 'UPDATE change_counter SET seq = seq + 1 RETURNING seq')!;
}

/** The number of the latest change; 0 for a new store. */
export function latestSeq(store: Store): number {
  return valueOf<number>(store, 'SELECT seq FROM change_counter')!;
}

export type Change =
  | { readonly type: 'upsert'; readonly seq: number; readonly article: StoredArticle }
  | { readonly type: 'remove'; readonly seq: number; readonly doc: number };

/** Changes with numbers above `after`, up to `upTo`. */
export interface ChangeRange {
  readonly after: number;
  readonly upTo: number;
}

/** The changes of a range in order; of an article only its latest state, and only if that lies in it. */
export function changesIn(store: Store, { after, upTo }: ChangeRange): Change[] {
  const upserts = allRows(
    store,
    `SELECT ${ARTICLE_COLUMNS} FROM ${ARTICLE_TABLES}
     WHERE articles.changed_seq > ? AND articles.changed_seq <= ? ORDER BY articles.changed_seq`,
    after,
    upTo,
  )
    .map(parseArticleRow)
    .map((article): Change => ({ type: 'upsert', seq: article.changedSeq, article }));
  const removals = allRows<{ doc: number; seq: number }>(
    store,
    'SELECT doc, changed_seq AS seq FROM removals WHERE changed_seq > ? AND changed_seq <= ?',
    after,
    upTo,
  ).map((row): Change => ({ type: 'remove', ...row }));
  return [...upserts, ...removals].sort((a, b) => a.seq - b.seq);
}

/** Bounds of what is read and built together. */
export interface RangeLimits {
  readonly changes: number;
  /** Bytes of text, UTF-8; a single article may have more. */
  readonly bytes: number;
}

/** The range of the next changes after `seq`, as many as the limits allow; null when there are none. */
export function nextRange(store: Store, seq: number, limits: RangeLimits): ChangeRange | null {
  // The length of a text stands in the head of its row; it need not be read.
  const next = allRows<{ seq: number; bytes: number }>(
    store,
    `SELECT * FROM (
       SELECT changed_seq AS seq, octet_length(text) AS bytes FROM articles
       WHERE changed_seq > @seq ORDER BY changed_seq LIMIT @changes)
     UNION ALL SELECT * FROM (
       SELECT changed_seq, 0 FROM removals WHERE changed_seq > @seq ORDER BY changed_seq LIMIT @changes)
     ORDER BY 1 LIMIT @changes`,
    { seq, changes: limits.changes },
  );
  const last = lastWithin(next, limits.bytes);
  return last === undefined ? null : { after: seq, upTo: last.seq };
}

/** The last of the first rows that have so many bytes together; the first, however many it has. */
export function lastWithin<Row extends { readonly bytes: number }>(
  rows: readonly Row[],
  most: number,
): Row | undefined {
  let bytes = 0;
  const tooMany = rows.findIndex((row, at) => (bytes += row.bytes) > most && at > 0);
  return rows.at(tooMany === -1 ? -1 : tooMany - 1);
}

export interface ChangeSizes {
  readonly changes: number;
  /** Bytes of text in all, and of the longest text; UTF-8. */
  readonly bytes: number;
  readonly longest: number;
}

/** How much lies after `seq`; no more than `most` changed articles are looked at. */
export function sizesAfter(store: Store, seq: number, most: number): ChangeSizes {
  return firstRow<ChangeSizes>(
    store,
    `SELECT count(*) AS changes, coalesce(sum(bytes), 0) AS bytes, coalesce(max(bytes), 0) AS longest
     FROM (SELECT octet_length(text) AS bytes FROM articles WHERE changed_seq > ? LIMIT ?)`,
    seq,
    most,
  )!;
}

/** How many changes lie after `seq`. */
export function countChangesAfter(store: Store, seq: number): number {
  return valueOf<number>(
    store,
    `SELECT (SELECT count(*) FROM articles WHERE changed_seq > @seq)
          + (SELECT count(*) FROM removals WHERE changed_seq > @seq)`,
    { seq },
  )!;
}
