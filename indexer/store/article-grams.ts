import { lastDoc } from './articles.ts';
import type { Store } from './database.ts';

/** The grams of an article as `indexer/analyzer/grams.ts` writes them, parted by spaces. */
export interface ArticleGrams {
  readonly doc: number;
  readonly grams: string;
}

/** As many places of a long text are as good as all. */
const MOST_GRAMS_ASKED = 40;
/** So many are looked through in one step. */
const DOCS_AT_ONCE = 20_000;

/** Keeps the grams of articles, instead of those of their former texts. Call inside a transaction. */
export function keepGrams(store: Store, articles: readonly ArticleGrams[]): void {
  const keep = store.prepare('INSERT OR REPLACE INTO article_grams (rowid, grams) VALUES (?, ?)');
  for (const { doc, grams } of articles) keep.run(doc, grams);
}

/** Forgets the grams of articles that are gone. Call inside a transaction. */
export function forgetGrams(store: Store, docs: readonly number[]): void {
  const forget = store.prepare('DELETE FROM article_grams WHERE rowid = ?');
  for (const doc of docs) forget.run(doc);
}

/**
 * The indexed documents that have all of the grams, ascending, of many grams some: none that has them is missing.
 * In steps of a few milliseconds, between which the store may be written.
 */
export function* findDocsWithGrams(
  store: Store,
  grams: readonly string[],
): Generator<void, number[]> {
  const select = store
    .prepare<[string, number, number], number>(
      `SELECT rowid FROM article_grams
       WHERE article_grams MATCH ? AND rowid > ? AND rowid <= ? ORDER BY rowid`,
    )
    .pluck();
  const last = lastDoc(store);
  const found: number[][] = [];
  for (let after = 0; after < last; after += DOCS_AT_ONCE) {
    found.push(select.all(allOf(grams), after, after + DOCS_AT_ONCE));
    yield;
  }
  return found.flat();
}

/** Those of them that were taken in last, the last first, `limit` at most. */
export function latestDocsWithGrams(
  store: Store,
  grams: readonly string[],
  limit: number,
): number[] {
  return store
    .prepare<[string, number], number>(
      'SELECT rowid FROM article_grams WHERE article_grams MATCH ? ORDER BY rowid DESC LIMIT ?',
    )
    .pluck()
    .all(allOf(grams), limit);
}

/** In FTS5's query language; no gram holds a quotation mark. */
function allOf(grams: readonly string[]): string {
  const step = Math.ceil(grams.length / MOST_GRAMS_ASKED);
  return grams
    .filter((_, at) => at % step === 0)
    .map((gram) => `"${gram}"`)
    .join(' AND ');
}
