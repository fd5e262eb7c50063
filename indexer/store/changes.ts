import type { Store } from './database.ts';
import { prepared } from './prepared.ts';
import type { StoredArticle } from './stored-article.ts';
import { ARTICLE_COLUMNS, ARTICLE_TABLES, parseArticleRow } from './stored-article.ts';

/**
 * The store is a log of changes: each write takes the next number of one counter, and each index
 * remembers the number up to which it has followed. Pushing, catching up after a crash and building
 * a new index are then the same act: send what lies after that number.
 */

/** Takes the next change number; call inside the transaction that makes the change. */
export function nextSeq(store: Store): number {
  return store
    .prepare<[], { seq: number }>('UPDATE change_counter SET seq = seq + 1 RETURNING seq')
    .get()!.seq;
}

/** The number of the latest change; 0 for a new store. */
export function latestSeq(store: Store): number {
  return prepared<[], { seq: number }>(store, 'SELECT seq FROM change_counter').get()!.seq;
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
  const upserts = store
    .prepare(
      `SELECT ${ARTICLE_COLUMNS} FROM ${ARTICLE_TABLES}
       WHERE articles.changed_seq > ? AND articles.changed_seq <= ? ORDER BY articles.changed_seq`,
    )
    .all(after, upTo)
    .map(parseArticleRow)
    .map((article): Change => ({ type: 'upsert', seq: article.changedSeq, article }));
  const removals = store
    .prepare<[number, number], { doc: number; changed_seq: number }>(
      'SELECT doc, changed_seq FROM removals WHERE changed_seq > ? AND changed_seq <= ?',
    )
    .all(after, upTo)
    .map((row): Change => ({ type: 'remove', seq: row.changed_seq, doc: row.doc }));
  return [...upserts, ...removals].sort((a, b) => a.seq - b.seq);
}

/** The range of the next `limit` changes after `seq`; null when there are none. */
export function nextRange(store: Store, seq: number, limit: number): ChangeRange | null {
  const { upTo } = store
    .prepare<[number, number, number, number, number], { upTo: number | null }>(
      `SELECT max(changed_seq) AS upTo FROM (
         SELECT changed_seq FROM (
           SELECT changed_seq FROM articles WHERE changed_seq > ? ORDER BY changed_seq LIMIT ?)
         UNION ALL SELECT changed_seq FROM (
           SELECT changed_seq FROM removals WHERE changed_seq > ? ORDER BY changed_seq LIMIT ?)
         ORDER BY 1 LIMIT ?)`,
    )
    .get(seq, limit, seq, limit, limit)!;
  return upTo === null ? null : { after: seq, upTo };
}

/** How many changes lie after `seq`. */
export function countChangesAfter(store: Store, seq: number): number {
  return store
    .prepare<[number, number], { n: number }>(
      `SELECT (SELECT count(*) FROM articles WHERE changed_seq > ?)
            + (SELECT count(*) FROM removals WHERE changed_seq > ?) AS n`,
    )
    .get(seq, seq)!.n;
}
