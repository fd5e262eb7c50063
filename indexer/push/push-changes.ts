import { placementOf } from '../engine/placement-record.ts';
import { countChangesAfter } from '../store/changes.ts';
import { createBatchRecord } from './batch-record.ts';
import type { BuildOptions } from './build-ahead.ts';
import { buildAhead } from './build-ahead.ts';
import type { BuiltChanges } from './built-changes.ts';
import { createGrowthRecord } from './index-growth.ts';
import type { IndexNode } from '../engine/index-nodes.ts';
import { ANY_ENGINE_TAKES } from '../engine/index-nodes.ts';
import type { IndexRecord } from './index-registry.ts';
import type { Parcel } from './parcels.ts';
import { sendParcels, waitForAll } from './parcels.ts';

const LOOK_EVERY_MS = 2_000;

export interface PushProgress {
  /** Documents are made first, then the engine takes them in; `move`: they go from one engine to another. */
  readonly stage: 'build' | 'engine' | 'move';
  readonly done: number;
  readonly total: number;
}

export interface PushOptions extends BuildOptions {
  readonly nodes: readonly IndexNode[];
  readonly onProgress?: (progress: PushProgress) => void;
}

/** What the engine gets in one go. */
interface Batch {
  readonly parcels: Parcel[];
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
  const { store, nodes, onProgress, moreToCome = () => false, signal } = options;
  const placement = placementOf(store, index.uid);
  const record = createBatchRecord(store, index.uid);
  const noteGrowth = createGrowthRecord(store, index);
  const most = mostAtOnce(nodes);
  let built = 0;
  let total: number | null = null;
  let pushed = 0;
  let batch = emptyBatch();
  let atWork: Promise<void> = Promise.resolve();

  async function push(full: Batch): Promise<void> {
    const { changes } = full;
    const finish = record.close(full.upTo);
    await intoEngines(index.uid, full, options, (share) => {
      const done = Math.floor(share * changes);
      noteGrowth(built, pushed + done);
      onProgress?.({ stage: 'engine', done, total: changes });
    });
    await finish();
    pushed += changes;
    noteGrowth(built, pushed);
  }

  async function handOver(): Promise<void> {
    await atWork;
    signal?.throwIfAborted();
    atWork = push(batch);
    // Awaited later; until then a failure must not count as unhandled.
    atWork.catch(() => undefined);
    batch = emptyBatch();
  }

  for await (const part of buildAhead(index.appliedSeq, placement, options)) {
    await record.add(part);
    take(batch, part);
    built += part.documents + part.removals.length;
    noteGrowth(built, pushed);
    // Counting walks all that is left, so it is done once.
    if (total === null && !moreToCome()) total = built + countChangesAfter(store, part.upTo);
    onProgress?.({ stage: 'build', done: built, total: Math.max(total ?? 0, built) });
    if (batch.bytes >= most) await handOver();
  }
  if (batch.changes > 0) await handOver();
  await atWork;
  return pushed;
}

/**
 * Bytes of documents that the engine gets in one go: as many as it takes, less what one more range of changes
 * may add. Each go rewrites most pages of the index, and its file keeps those it replaces: 20,000 articles took
 * 40 s of processor and 475 MB on disk in twenty goes, 31 s and 223 MB in one. Packed they wait in memory, two
 * fifths of it; what a killed process had ready for a go is built again.
 */
function mostAtOnce(nodes: readonly IndexNode[]): number {
  const least = Math.min(...nodes.map(({ takesAtOnce = ANY_ENGINE_TAKES }) => takesAtOnce));
  return 0.9 * least;
}

function emptyBatch(): Batch {
  return { parcels: [], removals: [], upTo: 0, changes: 0, bytes: 0 };
}

function take(batch: Batch, part: BuiltChanges): void {
  batch.parcels.push(...part.parcels);
  batch.removals.push(...part.removals);
  batch.upTo = part.upTo;
  batch.changes += part.documents + part.removals.length;
  for (const { size } of part.parcels) batch.bytes += size;
}

/** An engine works on its tasks in the order in which they came in. */
async function intoEngines(
  uid: string,
  { parcels, removals }: Batch,
  { nodes, signal }: PushOptions,
  onShare: (share: number) => void,
): Promise<void> {
  // Sent, they need not be kept until the engine is done.
  const tasks = await sendParcels(nodes, uid, parcels.splice(0), signal);
  // Of an article that is gone nothing is left that tells which engine it belonged to.
  for (const node of removals.length > 0 ? nodes : [])
    tasks.push({ node, task: await node.documents.index(uid).deleteDocuments(removals) });
  const looking = setInterval(() => {
    // Only for people who watch: what went wrong, the tasks tell.
    Promise.all(nodes.map(shareDone))
      .then((shares) => {
        const known = shares.filter((share) => share !== null);
        if (known.length > 0) onShare(Math.min(...known));
      })
      .catch(() => undefined);
  }, LOOK_EVERY_MS);
  try {
    await waitForAll(tasks, signal);
  } finally {
    clearInterval(looking);
  }
}

/** Null between two batches. */
async function shareDone({ documents }: IndexNode): Promise<number | null> {
  const { results } = await documents.batches.getBatches({ statuses: ['processing'], limit: 1 });
  const percentage = results[0]?.progress?.percentage;
  return percentage === undefined ? null : percentage / 100;
}
