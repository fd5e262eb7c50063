import { firstRow, valueOf, type Store } from './database.ts';

/** An article's first coming into the corpus, whatever happened to it since. */
export interface Arrival {
  readonly doc: number;
  /** Grows with every article that is new to the corpus. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** The arrivals of the articles of these document ids, latest first; those that are gone are left out. */
export function arrivalsOf(store: Store, docs: readonly number[]): Arrival[] {
  const sql = `SELECT articles.doc, arrivals.number, arrivals.at
    FROM articles JOIN arrivals ON arrivals.article_id = articles.id WHERE articles.doc = ?`;
  return docs
    .flatMap((doc) => firstRow<Arrival>(store, sql, doc) ?? [])
    .sort((a, b) => b.number - a.number);
}

/**
 * The arrival number up to which every article is in an index that has followed the changes up to
 * `appliedSeq`. It may fall while an older article waits to be indexed anew.
 */
export function arrivedInIndex(store: Store, appliedSeq: number): number {
  return valueOf<number>(
    store,
    `SELECT coalesce(
       (SELECT min(arrivals.number) - 1 FROM articles
        JOIN arrivals ON arrivals.article_id = articles.id WHERE changed_seq > ?),
       (SELECT max(number) FROM arrivals),
       0)`,
    appliedSeq,
  )!;
}
