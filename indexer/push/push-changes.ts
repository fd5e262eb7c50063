import type { EnqueuedTask, Meilisearch } from 'meilisearch';
import { waitForTask } from '../engine/wait-for-task.ts';
import { countChangesAfter } from '../store/changes.ts';
import { createBatchRecord } from './batch-record.ts';
import type { BuildOptions } from './build-ahead.ts';
import { buildAhead } from './build-ahead.ts';
import type { BuiltChanges } from './built-changes.ts';
import type { IndexRecord } from './index-registry.ts';
import { sendDocuments } from './send-documents.ts';

/**
 * Gzipped documents that the engine gets in one go, some fifty thousand articles. Each go rewrites most
 * pages of the index, and its file keeps those it replaces: 20,000 articles took 40 s of processor and 475
 * MB on disk in twenty goes, 31 s and 223 MB in one.
 */
const MAX_BATCH_BYTES = 64_000_000;
/** Unpacked, of one request: engines that we did not start take 100 MB at most. */
const MAX_REQUEST_BYTES = 90_000_000;
const LOOK_EVERY_MS = 2_000;

export interface PushProgress {
  /** Documents are made first, then the engine takes them in. */
  readonly stage: 'build' | 'engine';
  readonly done: number;
  readonly total: number;
}

export interface PushOptions extends BuildOptions {
  readonly client: Meilisearch;
  readonly onProgress?: (progress: PushProgress) => void;
}

/** What the engine gets in one go. */
interface Batch {
  readonly parts: Pick<BuiltChanges, 'lines' | 'size'>[];
  readonly removals: number[];
  upTo: number;
  changes: number;
  bytes: number;
}

/**
 * Sends every change that the index has not yet followed, until none is left or to come; returns their
 * number. The next batch is built while the engine works on one.
 * Killed at any moment, the next call goes on from the last batch that was recorded as finished.
 * @throws EngineTaskError when the engine refuses a batch.
 */
export async function pushChanges(index: IndexRecord, options: PushOptions): Promise<number> {
  const { store, onProgress, signal } = options;
  const record = createBatchRecord(store, index.uid);
  let built = 0;
  let pushed = 0;
  let batch = emptyBatch();
  let atWork: Promise<void> = Promise.resolve();

  async function push(full: Batch): Promise<void> {
    const total = full.changes;
    const finish = await record.close(full.upTo);
    await intoEngine(index.uid, full, options, (share) =>
      onProgress?.({ stage: 'engine', done: Math.floor(share * total), total }),
    );
    await finish();
    pushed += total;
  }

  async function handOver(): Promise<void> {
    await atWork;
    signal?.throwIfAborted();
    atWork = push(batch);
    // Awaited later; until then a failure must not count as unhandled.
    atWork.catch(() => undefined);
    batch = emptyBatch();
  }

  for await (const part of buildAhead(index.appliedSeq, options)) {
    await record.add(part);
    take(batch, part);
    built += part.documents + part.removals.length;
    const total = built + countChangesAfter(store, part.upTo);
    onProgress?.({ stage: 'build', done: built, total });
    if (batch.bytes >= MAX_BATCH_BYTES) await handOver();
  }
  if (batch.changes > 0) await handOver();
  await atWork;
  return pushed;
}

function emptyBatch(): Batch {
  return { parts: [], removals: [], upTo: 0, changes: 0, bytes: 0 };
}

function take(batch: Batch, part: BuiltChanges): void {
  const { lines, size } = part;
  if (part.documents > 0) batch.parts.push({ lines, size });
  batch.removals.push(...part.removals);
  batch.upTo = part.upTo;
  batch.changes += part.documents + part.removals.length;
  batch.bytes += lines.length;
}

/** The engine works on its tasks in the order in which they came in. */
async function intoEngine(
  uid: string,
  { parts, removals }: Batch,
  { client, signal }: PushOptions,
  onShare: (share: number) => void,
): Promise<void> {
  const tasks: EnqueuedTask[] = [];
  for (const request of requestsOf(parts)) {
    signal?.throwIfAborted();
    tasks.push(await sendDocuments(client, uid, request));
  }
  if (removals.length > 0) tasks.push(await client.index(uid).deleteDocuments(removals));
  const looking = setInterval(() => {
    // Only for people who watch: what went wrong, the tasks tell.
    client.batches
      .getBatches({ statuses: ['processing'], limit: 1 })
      .then(({ results: [first] }) => onShare((first?.progress?.percentage ?? 0) / 100))
      .catch(() => undefined);
  }, LOOK_EVERY_MS);
  try {
    for (const task of tasks) await waitForTask(client, task, signal);
  } finally {
    clearInterval(looking);
  }
}

function requestsOf(parts: Batch['parts']): Uint8Array[][] {
  const requests: Uint8Array[][] = [];
  let room = 0;
  for (const { lines, size } of parts) {
    if (size > room) {
      requests.push([]);
      room = MAX_REQUEST_BYTES;
    }
    room -= size;
    requests.at(-1)!.push(lines);
  }
  return requests;
}
