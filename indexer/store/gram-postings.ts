import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { Store } from './database.ts';
import { packDocs, unpackDocs } from './doc-list.ts';

/** The grams of an article as codes, each once. */
export interface ArticleGrams {
  readonly doc: number;
  readonly codes: Float64Array;
}

/** Fewer articles than this are put into the segment that was begun last. */
const ARTICLES_OF_OWN_SEGMENT = 500;
const MOST_ARTICLES_TO_ADD_TO = 2_000;
/** Rows written at a time; other requests have their turn between, and another process its transactions. */
const ROWS_AT_ONCE = 10_000;
/** As many places of a long text are as good as all. */
const MOST_GRAMS_ASKED = 40;
/** Articles that one segment can hold: with a code of 37 bits a place of 16 is still an exact number. */
const PLACES = 2 ** 16;

/** A segment whose rows stand in the store; it counts once `finish` is called. */
export interface WrittenGrams {
  /** Call inside the transaction that records the articles as indexed. */
  readonly finish: () => void;
}

/**
 * Writes the grams of articles that the index is about to have. An article that was there before keeps
 * the grams of its former text too: they only propose it. One process at a time may write for an index.
 * What is never finished is to be forgotten by `forgetUnfinishedGrams`.
 */
export async function writeGrams(
  store: Store,
  uid: string,
  articles: readonly ArticleGrams[],
): Promise<WrittenGrams> {
  if (articles.length < ARTICLES_OF_OWN_SEGMENT)
    return { finish: () => addToLastSegment(store, uid, articles) };
  const segment = openSegment(store, uid);
  const insert = store.prepare('INSERT INTO gram_postings VALUES (?, ?, ?)');
  const insertAll = store.transaction((rows: readonly Posting[]) => {
    for (const { gram, docs } of rows) insert.run(segment, gram, packDocs(docs));
  });
  let rows: Posting[] = [];
  for (const posting of postingsOf(articles)) {
    rows.push(posting);
    if (rows.length < ROWS_AT_ONCE) continue;
    insertAll.immediate(rows);
    rows = [];
    await nextTurn();
  }
  insertAll.immediate(rows);
  return {
    finish() {
      store
        .prepare('UPDATE gram_segments SET whole = 1, articles = ? WHERE segment = ?')
        .run(articles.length, segment);
    },
  };
}

/** Documents of an index that have, or once had, all of the grams; ascending. Every one that has them is there. */
export function docsWithGrams(store: Store, uid: string, codes: readonly number[]): number[] {
  const asked = some(codes);
  const segments = store
    .prepare<[string], number>('SELECT segment FROM gram_segments WHERE uid = ? AND whole = 1')
    .pluck()
    .all(uid);
  const select = store
    .prepare<[number, number]>('SELECT docs FROM gram_postings WHERE segment = ? AND gram = ?')
    .pluck();
  const found = new Set<number>();
  for (const segment of segments) {
    const lists = asked.map((gram) => postingSchema.parse(select.get(segment, gram)));
    for (const doc of intersection(lists)) found.add(doc);
  }
  return [...found].sort((a, b) => a - b);
}

/** Forgets the grams of an index that is gone. */
export function forgetGrams(store: Store, uid: string): void {
  store
    .transaction(() => {
      store
        .prepare(
          'DELETE FROM gram_postings WHERE segment IN (SELECT segment FROM gram_segments WHERE uid = ?)',
        )
        .run(uid);
      store.prepare('DELETE FROM gram_segments WHERE uid = ?').run(uid);
    })
    .immediate();
}

const postingSchema = z.instanceof(Uint8Array).optional();

interface Posting {
  readonly gram: number;
  /** Ascending. */
  readonly docs: readonly number[];
}

function* postingsOf(articles: readonly ArticleGrams[]): Generator<Posting> {
  const latest = new Map(articles.map(({ doc, codes }) => [doc, codes]));
  const docs = [...latest.keys()].sort((a, b) => a - b);
  if (docs.length > PLACES) throw new RangeError(`${docs.length} articles in one segment`);
  const keys = new Float64Array(docs.reduce((sum, doc) => sum + latest.get(doc)!.length, 0));
  let filled = 0;
  docs.forEach((doc, place) => {
    for (const code of latest.get(doc)!) keys[filled++] = code * PLACES + place;
  });
  // Numbers sort ten times as fast as pairs of them.
  keys.sort();
  let gram = -1;
  let holders: number[] = [];
  for (const key of keys) {
    const code = Math.floor(key / PLACES);
    if (code !== gram) {
      if (holders.length > 0) yield { gram, docs: holders };
      gram = code;
      holders = [];
    }
    holders.push(docs[key - code * PLACES]!);
  }
  if (holders.length > 0) yield { gram, docs: holders };
}

function addToLastSegment(store: Store, uid: string, articles: readonly ArticleGrams[]): void {
  const last = store
    .prepare<[string, number], number>(
      'SELECT segment FROM gram_segments WHERE uid = ? AND whole = 1 AND articles <= ? ORDER BY segment DESC LIMIT 1',
    )
    .pluck()
    .get(uid, MOST_ARTICLES_TO_ADD_TO - articles.length);
  const segment = last ?? openSegment(store, uid);
  const select = store
    .prepare<[number, number]>('SELECT docs FROM gram_postings WHERE segment = ? AND gram = ?')
    .pluck();
  const put = store.prepare(
    'INSERT INTO gram_postings VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET docs = excluded.docs',
  );
  for (const { gram, docs } of postingsOf(articles)) {
    const before = postingSchema.parse(select.get(segment, gram));
    const all = before === undefined ? docs : [...new Set([...unpackDocs(before), ...docs])];
    put.run(segment, gram, packDocs([...all].sort((a, b) => a - b)));
  }
  store
    .prepare('UPDATE gram_segments SET whole = 1, articles = articles + ? WHERE segment = ?')
    .run(articles.length, segment);
}

function openSegment(store: Store, uid: string): number {
  return Number(
    store.prepare('INSERT INTO gram_segments (uid, articles, whole) VALUES (?, 0, 0)').run(uid)
      .lastInsertRowid,
  );
}

/** Forgets what a process that was killed left behind. */
export function forgetUnfinishedGrams(store: Store, uid: string): void {
  const unfinished = store
    .prepare<[string], number>('SELECT segment FROM gram_segments WHERE uid = ? AND whole = 0')
    .pluck()
    .all(uid);
  for (const segment of unfinished)
    store
      .transaction(() => {
        store.prepare('DELETE FROM gram_postings WHERE segment = ?').run(segment);
        store.prepare('DELETE FROM gram_segments WHERE segment = ?').run(segment);
      })
      .immediate();
}

function some(codes: readonly number[]): readonly number[] {
  const step = Math.ceil(codes.length / MOST_GRAMS_ASKED);
  return codes.filter((_, at) => at % step === 0);
}

function intersection(lists: readonly (Uint8Array | undefined)[]): number[] {
  const present = lists.filter((list) => list !== undefined);
  if (present.length < lists.length) return [];
  const [shortest, ...others] = present.sort((a, b) => a.length - b.length);
  let docs = shortest === undefined ? [] : unpackDocs(shortest);
  for (const list of others) {
    if (docs.length === 0) break;
    const also = new Set(unpackDocs(list));
    docs = docs.filter((doc) => also.has(doc));
  }
  return docs;
}
