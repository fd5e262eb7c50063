import type { EnqueuedTask, Meilisearch } from 'meilisearch';
import { waitForTask } from '../engine/wait-for-task.ts';
import { countChangesAfter } from '../store/changes.ts';
import type { ArticleGrams } from '../store/gram-postings.ts';
import type { RankingText } from '../store/ranking-texts.ts';
import { emptyTermCounts, mergeTermCounts } from '../store/vocabulary.ts';
import type { IndexedBatch } from './batch-record.ts';
import { createBatchRecord } from './batch-record.ts';
import type { BuildOptions } from './build-ahead.ts';
import { buildAhead } from './build-ahead.ts';
import type { BuiltChanges } from './built-changes.ts';
import type { IndexRecord } from './index-registry.ts';

/** Lines are ASCII, so characters are bytes. The engine takes up to 37.5 MB a request. */
const MAX_BATCH_BYTES = 4_000_000;
/** Batches that the engine has before it: it takes those that wait together, so small ones cost it nothing. */
const MAX_IN_FLIGHT = 4;

export interface PushProgress {
  readonly done: number;
  readonly total: number;
}

export interface PushOptions extends BuildOptions {
  readonly client: Meilisearch;
  readonly onProgress?: (progress: PushProgress) => void;
}

/**
 * Sends every change that the index has not yet followed, until none is left or to come; returns their number.
 * Documents of the next batches are built while the engine works, up to {@link MAX_IN_FLIGHT} ahead.
 * Killed at any moment, the next call goes on from the last batches that were recorded as finished.
 * @throws EngineTaskError when the engine refuses a batch.
 */
export async function pushChanges(index: IndexRecord, options: PushOptions): Promise<number> {
  const { store, client, onProgress, signal } = options;
  let total = countChangesAfter(store, index.appliedSeq);
  let done = 0;
  const inFlight: Promise<void>[] = [];
  const record = createBatchRecord(store, index.uid);

  /** Batches are recorded in their order, so that none before the recorded one is missing. */
  async function follow(
    batch: Omit<Batch, 'lines'>,
    tasks: readonly EnqueuedTask[],
    previous: Promise<void> | undefined,
  ): Promise<void> {
    await previous;
    for (const task of tasks) await waitForTask(client, task, signal);
    await record.add(batch);
    done += batch.changes;
    total = Math.max(total, done);
    onProgress?.({ done, total });
  }

  for await (const batch of batches(buildAhead(index.appliedSeq, options))) {
    while (inFlight.length >= MAX_IN_FLIGHT) await inFlight.shift();
    signal?.throwIfAborted();
    const { lines, ...rest } = batch;
    const tasks = await enqueue(client, index.uid, lines, batch.removals);
    const followed = follow(rest, tasks, inFlight.at(-1));
    // The loop awaits it; until then a failure must not count as unhandled.
    followed.catch(() => undefined);
    inFlight.push(followed);
  }
  for (const followed of inFlight) await followed;
  await record.finish();
  return done;
}

/** What the engine gets in one go. */
interface Batch extends IndexedBatch {
  readonly lines: readonly string[];
  readonly changes: number;
}

async function* batches(built: AsyncIterable<BuiltChanges>): AsyncGenerator<Batch> {
  let lines: string[] = [];
  let removals: number[] = [];
  let counts = emptyTermCounts();
  let rankings: RankingText[] = [];
  let grams: ArticleGrams[] = [];
  let [upTo, changes, bytes] = [0, 0, 0];
  const take = (): Batch => ({
    lines,
    removals,
    counts,
    rankings,
    grams,
    upTo,
    changes,
  });
  for await (const part of built) {
    if (part.documents > 0) lines.push(part.lines);
    removals.push(...part.removals);
    mergeTermCounts(counts, part.counts);
    rankings.push(...part.rankings);
    grams.push(...part.grams);
    upTo = part.upTo;
    changes += part.documents + part.removals.length;
    bytes += part.lines.length;
    if (bytes < MAX_BATCH_BYTES) continue;
    yield take();
    [lines, removals, counts, rankings, grams] = [[], [], emptyTermCounts(), [], []];
    [changes, bytes] = [0, 0];
  }
  if (changes > 0) yield take();
}

/** The engine works on tasks in the order in which they were enqueued. */
async function enqueue(
  client: Meilisearch,
  uid: string,
  lines: readonly string[],
  removals: readonly number[],
): Promise<EnqueuedTask[]> {
  const index = client.index(uid);
  const tasks: EnqueuedTask[] = [];
  if (lines.length > 0)
    tasks.push(
      await index.addDocumentsFromString(lines.join('\n'), 'application/x-ndjson', {
        primaryKey: 'doc',
      }),
    );
  if (removals.length > 0) tasks.push(await index.deleteDocuments([...removals]));
  return tasks;
}
