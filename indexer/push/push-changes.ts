import type { IndexEngine } from '../engine/index-engine.ts';
import { placementOf } from '../engine/placement.ts';
import { countChangesAfter } from '../store/changes.ts';
import { createBatchRecord } from './batch-record.ts';
import type { BuildOptions } from './build-ahead.ts';
import { buildAhead } from './build-ahead.ts';
import type { DocumentBatch } from './document-batches.ts';
import { sendBatches, waitForAll } from './document-batches.ts';
import { createGrowthRecord } from './index-growth.ts';
import type { IndexRecord } from './index-registry.ts';

const LOOK_EVERY_MS = 2_000;

export interface PushProgress {
  /** Documents are made first, then the engine takes them in; `move`: they go from one engine to another. */
  readonly stage: 'build' | 'engine' | 'move';
  readonly done: number;
  readonly total: number;
}

export interface PushOptions extends BuildOptions {
  readonly nodes: readonly IndexEngine[];
  readonly onProgress?: (progress: PushProgress) => void;
}

/** What the engines get at once. */
interface Delivery {
  readonly batches: DocumentBatch[];
  readonly removals: number[];
  upTo: number;
  changes: number;
  bytes: number;
}

const emptyDelivery = (): Delivery => ({
  batches: [],
  removals: [],
  upTo: 0,
  changes: 0,
  bytes: 0,
});

/**
 * Sends every change that the index has not yet followed, until none is left or to come. The next delivery is
 * built while the engine works on one. Killed at any moment, the next call goes on from the last delivery
 * that was recorded as finished.
 *
 * A delivery is as large as the engines take, less what one more range of changes may add. Each rewrites most
 * pages of the index, and its file keeps those it replaces: 20,000 articles took 40 s of processor and 475 MB
 * on disk in twenty deliveries, 31 s and 223 MB in one. Packed they wait in memory, two fifths of it; what a
 * killed process had ready is built again.
 * @throws EngineTaskError when the engine refuses a delivery.
 */
export async function pushChanges(index: IndexRecord, options: PushOptions): Promise<void> {
  const { store, nodes, onProgress, moreToCome = () => false, signal } = options;
  const record = createBatchRecord(store, index.uid);
  const noteGrowth = createGrowthRecord(store, index);
  const most = 0.9 * Math.min(...nodes.map(({ takesAtOnce }) => takesAtOnce));
  let built = 0;
  let total: number | null = null;
  let pushed = 0;
  let next = emptyDelivery();
  let atWork: Promise<void> = Promise.resolve();

  async function deliver(delivery: Delivery): Promise<void> {
    const { changes } = delivery;
    const finish = record.close(delivery.upTo);
    await intoEngines(index.uid, delivery, options, (share) => {
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
    atWork = deliver(next);
    // Awaited later; until then a failure must not count as unhandled.
    atWork.catch(() => undefined);
    next = emptyDelivery();
  }

  const placement = placementOf(store, index.uid);
  for await (const part of buildAhead(index.appliedSeq, placement, options)) {
    await record.add(part);
    const changes = part.documents + part.removals.length;
    next.batches.push(...part.batches);
    next.removals.push(...part.removals);
    next.upTo = part.upTo;
    next.changes += changes;
    for (const { size } of part.batches) next.bytes += size;
    built += changes;
    noteGrowth(built, pushed);
    // Counting walks all that is left, so it is done once.
    if (total === null && !moreToCome()) total = built + countChangesAfter(store, part.upTo);
    onProgress?.({ stage: 'build', done: built, total: Math.max(total ?? 0, built) });
    if (next.bytes >= most) await handOver();
  }
  if (next.changes > 0) await handOver();
  await atWork;
}

/** An engine works on its tasks in the order in which they came in. */
async function intoEngines(
  uid: string,
  { batches, removals }: Delivery,
  { nodes, signal }: PushOptions,
  onShare: (share: number) => void,
): Promise<void> {
  // Sent, they need not be kept until the engine is done.
  const tasks = await sendBatches(nodes, uid, batches.splice(0), signal);
  // Of an article that is gone nothing is left that tells which engine it belonged to.
  for (const node of removals.length > 0 ? nodes : []) tasks.push(await node.remove(uid, removals));
  const looking = setInterval(() => {
    // Only for people who watch: what went wrong, the tasks tell.
    Promise.all(nodes.map((node) => node.progress()))
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
