import { z } from 'zod';
import { createPause } from '../core/yield-to-event-loop.ts';
import type { Store } from './database.ts';
import type { GramBlock, Posting } from './gram-blocks.ts';
import { docsIn, packPostings, unpackBlock } from './gram-blocks.ts';
import type { GramRun } from './gram-runs.ts';
import { mergePostings, postingsInRun } from './gram-runs.ts';
import { deleteRows } from './delete-rows.ts';
import { prepared } from './prepared.ts';
import { writeStore } from './write-store.ts';

/** Blocks written or read at a time: 400 KB. */
const BLOCKS_AT_ONCE = 100;
/** As many places of a long text are as good as all. */
const MOST_GRAMS_ASKED = 40;
/**
 * So many segments of about the same size are made one, so that a search looks in a handful of them and
 * each article is written a few times at most (log-structured merge, O'Neil and others 1996).
 */
const SEGMENTS_TO_MERGE = 8;

/** A segment whose blocks stand in the store; it counts once `finish` is called. */
export interface WrittenGrams {
  /** Call inside the transaction that records the articles as indexed. */
  readonly finish: () => void;
}

/**
 * Writes the grams of articles that the index is about to have, as one segment. An article that was there
 * before keeps the grams of its former text too: they only propose it. One process at a time may write for
 * an index. What is never finished is to be forgotten by `forgetUnfinishedGrams`.
 */
export async function writeGrams(
  store: Store,
  uid: string,
  runs: readonly GramRun[],
): Promise<WrittenGrams> {
  const articles = runs.reduce((sum, run) => sum + run.articles, 0);
  const segment = await openSegment(store, uid, articles);
  await writeBlocks(store, segment, packPostings(mergePostings(runs.map(postingsInRun))));
  return { finish: () => count(store, segment) };
}

/** Makes one segment of several of about the same size, as long as there are enough of them. */
export async function mergeGrams(store: Store, uid: string): Promise<void> {
  for (;;) {
    const bySize = new Map<number, Segment[]>();
    for (const segment of wholeSegments(store, uid)) {
      const size = sizeClass(segment.articles);
      bySize.set(size, [...(bySize.get(size) ?? []), segment]);
    }
    const alike = [...bySize.values()].find(({ length }) => length >= SEGMENTS_TO_MERGE);
    if (alike === undefined) return;
    const articles = alike.reduce((sum, segment) => sum + segment.articles, 0);
    const merged = await openSegment(store, uid, articles);
    const postings = mergePostings(alike.map(({ segment }) => postingsIn(store, segment)));
    await writeBlocks(store, merged, packPostings(postings));
    await writeStore(store, () => {
      count(store, merged);
      const discount = store.prepare('UPDATE gram_segments SET whole = 0 WHERE segment = ?');
      for (const { segment } of alike) discount.run(segment);
    });
    for (const { segment } of alike) await removeSegment(store, segment);
  }
}

/** Documents of an index that have, or once had, all of the grams; ascending. Every one that has them is there. */
export function docsWithGrams(store: Store, uid: string, codes: readonly number[]): number[] {
  const steps = findDocsWithGrams(store, uid, codes);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same in steps of a few milliseconds, between which the store may be written. */
export function* findDocsWithGrams(
  store: Store,
  uid: string,
  codes: readonly number[],
): Generator<void, number[]> {
  const asked = some(codes);
  for (;;) {
    const searched = wholeSegments(store, uid);
    const found: number[] = [];
    for (const { segment } of searched)
      for (const doc of yield* docsWithAll(store, segment, asked)) found.push(doc);
    // One that was merged meanwhile may have been gone before it was read.
    const left = new Set(wholeSegments(store, uid).map(({ segment }) => segment));
    if (searched.every(({ segment }) => left.has(segment))) return distinct(found);
  }
}

function distinct(docs: readonly number[]): number[] {
  const sorted = Float64Array.from(docs).sort();
  return Array.from(sorted.filter((doc, at) => at === 0 || doc !== sorted[at - 1]));
}

/** Forgets the grams of an index that is gone. */
export async function forgetGrams(store: Store, uid: string): Promise<void> {
  for (const { segment } of segments(store, uid)) await removeSegment(store, segment);
}

/** Forgets what a process that was killed left behind. */
export async function forgetUnfinishedGrams(store: Store, uid: string): Promise<void> {
  for (const { segment, whole } of segments(store, uid))
    if (whole === 0) await removeSegment(store, segment);
}

const blockSchema = z.object({
  gram: z.int(),
  more: z.instanceof(Uint8Array),
  docs: z.instanceof(Uint8Array),
});

/** Segments of one class, put together, make one of the next. */
function sizeClass(articles: number): number {
  return Math.floor(Math.log(Math.max(1, articles)) / Math.log(SEGMENTS_TO_MERGE));
}

interface Segment {
  readonly segment: number;
  readonly articles: number;
  readonly whole: number;
}

function segments(store: Store, uid: string): Segment[] {
  return store
    .prepare<[string], Segment>('SELECT segment, articles, whole FROM gram_segments WHERE uid = ?')
    .all(uid);
}

function wholeSegments(store: Store, uid: string): Segment[] {
  return segments(store, uid).filter(({ whole }) => whole === 1);
}

async function openSegment(store: Store, uid: string, articles: number): Promise<number> {
  const insert = store.prepare('INSERT INTO gram_segments (uid, articles, whole) VALUES (?, ?, 0)');
  const { lastInsertRowid } = await writeStore(store, () => insert.run(uid, articles));
  return Number(lastInsertRowid);
}

function count(store: Store, segment: number): void {
  store.prepare('UPDATE gram_segments SET whole = 1 WHERE segment = ?').run(segment);
}

/** Killed in the midst of it, what is left does not count, or else is that of an index that is being removed. */
async function removeSegment(store: Store, segment: number): Promise<void> {
  await deleteRows(store, 'gram_postings', segment);
  const remove = store.prepare('DELETE FROM gram_segments WHERE segment = ?');
  await writeStore(store, () => remove.run(segment));
}

async function writeBlocks(
  store: Store,
  segment: number,
  blocks: Iterable<GramBlock>,
): Promise<void> {
  const insert = store.prepare(
    'INSERT INTO gram_postings (segment, gram, more, docs) VALUES (?, ?, ?, ?)',
  );
  const pause = createPause();
  let waiting: GramBlock[] = [];
  const insertAll = async () => {
    const some = waiting;
    waiting = [];
    await writeStore(store, () => {
      for (const { gram, more, docs } of some) insert.run(segment, gram, more, docs);
    });
  };
  for (const block of blocks) {
    waiting.push(block);
    if (waiting.length >= BLOCKS_AT_ONCE) await insertAll();
    await pause();
  }
  await insertAll();
}

/** Read in pieces: while a statement is open, nothing can be written. */
function* postingsIn(store: Store, segment: number): Generator<Posting> {
  const select = store.prepare<[number, number, number]>(
    'SELECT gram, more, docs FROM gram_postings WHERE segment = ? AND gram > ? ORDER BY gram LIMIT ?',
  );
  for (let after = -1; ;) {
    const blocks = z.array(blockSchema).parse(select.all(segment, after, BLOCKS_AT_ONCE));
    for (const block of blocks) yield* unpackBlock(block);
    const last = blocks.at(-1);
    if (last === undefined) return;
    after = last.gram;
  }
}

function some(codes: readonly number[]): readonly number[] {
  const step = Math.ceil(codes.length / MOST_GRAMS_ASKED);
  return codes.filter((_, at) => at % step === 0);
}

function* docsWithAll(
  store: Store,
  segment: number,
  grams: readonly number[],
): Generator<void, readonly number[]> {
  const select = prepared<[number, number], unknown>(
    store,
    'SELECT gram, more, docs FROM gram_postings WHERE segment = ? AND gram <= ? ORDER BY gram DESC LIMIT 1',
  );
  let docs: readonly number[] | undefined;
  for (const gram of grams) {
    const block = blockSchema.optional().parse(select.get(segment, gram));
    const holders = block === undefined ? [] : docsIn(block, gram);
    docs = docs === undefined ? holders : inBoth(docs, holders);
    if (docs.length === 0) return docs;
    yield;
  }
  return docs ?? [];
}

/** Of two ascending lists. */
function inBoth(one: readonly number[], other: readonly number[]): number[] {
  const both: number[] = [];
  for (let a = 0, b = 0; a < one.length && b < other.length;) {
    const difference = one[a]! - other[b]!;
    if (difference === 0) both.push(one[a]!);
    if (difference <= 0) a += 1;
    if (difference >= 0) b += 1;
  }
  return both;
}
