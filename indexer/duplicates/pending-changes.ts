import type { YieldToEventLoop } from '../core/yield-to-event-loop.ts';
import { latestSeq } from '../store/changes.ts';
import { readMeta, valueOf, writeMeta, type Store } from '../store/database.ts';
import type { CandidateIndex, NewDocument } from './candidate-index.ts';
import { fingerprintOf, type Fingerprint, type Fingerprints } from './fingerprints.ts';
import { createStoryCache, findMatches, type Pair } from './matches.ts';
import { STORY_COLUMNS, parseStoryRow } from './story.ts';

/** Raise it when comparable text, shingles, bands or the rules of comparison change. */
const VERSION = '1';
/** A batch ends early at this many UTF-16 units of text, so that it fits into memory. */
const MOST_UNITS = 8_000_000;

interface PendingRow {
  readonly doc: number;
  readonly changed_seq: number;
  readonly text: string;
}

/** What articles of a batch say, and which texts tell the same story. */
export interface ComparedChanges {
  readonly articles: readonly { doc: number; seq: number; id: number; fingerprint: Fingerprint }[];
  /** Pairs of fingerprints; one below zero is the `id` of an article in this batch. */
  readonly matches: readonly Pair[];
}

/**
 * The change number up to which duplicates were handled. What an earlier version of the rules left
 * is dropped, and the number is 0. The caller holds the transaction.
 */
export function readProgress(store: Store): number {
  if (readMeta(store, 'duplicates-version') !== VERSION) {
    store.exec(
      `DELETE FROM duplicate_matches; DELETE FROM duplicate_members; DELETE FROM duplicate_prints`,
    );
    writeMeta(store, 'duplicates-version', VERSION);
    writeProgress(store, 0);
  }
  return Number(readMeta(store, 'duplicates-seq') ?? 0);
}

export function writeProgress(store: Store, seq: number): void {
  if (readMeta(store, 'duplicates-seq') !== `${seq}`) writeMeta(store, 'duplicates-seq', `${seq}`);
}

/** How many articles have changed, or are new, since duplicates were last handled. */
export function countPending(store: Store): number {
  const sql = 'SELECT count(*) FROM articles WHERE changed_seq > ?';
  return valueOf<number>(store, sql, readProgress(store))!;
}

/**
 * Up to `most` articles that changed since the last batch, in the order of their changes, none when all are
 * handled; `upTo` is the change number up to which duplicates are handled once these are. The caller holds the
 * transaction.
 */
export function readPending(
  store: Store,
  most: number,
): { rows: readonly PendingRow[]; upTo: number } {
  const pending = store.prepare<[number, number], PendingRow>(
    `SELECT articles.doc, articles.changed_seq, ${STORY_COLUMNS}
     FROM articles LEFT JOIN duplicate_members AS member ON member.doc = articles.doc
     WHERE articles.changed_seq > ? AND member.seen_seq IS NOT articles.changed_seq
     ORDER BY articles.changed_seq LIMIT ?`,
  );
  const rows: PendingRow[] = [];
  let units = 0;
  for (const row of pending.iterate(readProgress(store), most)) {
    rows.push(row);
    units += row.text.length;
    if (units > MOST_UNITS) break;
  }
  return { rows, upTo: rows.at(-1)?.changed_seq ?? latestSeq(store) };
}

/**
 * Compares the articles with each other and with all that is stored, and writes nothing: it may take
 * long, and what becomes of the articles meanwhile is pending for a later batch.
 */
export async function comparePending(
  rows: readonly PendingRow[],
  fingerprints: Fingerprints,
  candidates: CandidateIndex,
  yieldToEventLoop: YieldToEventLoop,
): Promise<ComparedChanges> {
  const rowOf = new Map<number, PendingRow>();
  const stories = createStoryCache((id) => {
    const row = rowOf.get(id);
    return row === undefined ? fingerprints.story(id) : parseStoryRow(row);
  });
  const texts = new Map<string, NewDocument>();
  const articles: ComparedChanges['articles'][number][] = [];
  for (const row of rows) {
    const story = parseStoryRow(row);
    const fingerprint = fingerprintOf(row.doc, story);
    let text = texts.get(fingerprint.key);
    if (text === undefined) {
      text = { ...fingerprint, id: fingerprints.find(fingerprint.key) ?? -1 - texts.size };
      texts.set(fingerprint.key, text);
      rowOf.set(text.id, row);
      stories.set(text.id, story);
    }
    articles.push({ doc: row.doc, seq: row.changed_seq, id: text.id, fingerprint });
    await yieldToEventLoop();
  }

  const documents = [...texts.values()];
  const candidatesOf = await candidates.candidatesOf(documents, yieldToEventLoop);
  function* pairs(): Generator<Pair> {
    for (const [at, others] of candidatesOf.entries())
      for (const other of others) yield [documents[at]!.id, other];
  }
  return { articles, matches: await findMatches(pairs(), stories, yieldToEventLoop) };
}
