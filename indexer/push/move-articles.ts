import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { BuiltDocument } from '../documents/engine-document.ts';
import type { IndexEngine, PendingTask } from '../engine/index-engine.ts';
import { createIndex, dropIndex } from '../engine/index-engine.ts';
import type { Move, Placement } from '../engine/placement.ts';
import {
  haveSameNames,
  movingSlots,
  ownersOfSlots,
  recordPlacement,
  slotOf,
  SLOTS,
} from '../engine/placement.ts';
import { articlesByDoc } from '../store/articles.ts';
import type { Store } from '../store/database.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import { writeStore } from '../store/write-store.ts';
import type { DocumentBatch, DocumentLine } from './document-batches.ts';
import { packDocuments, sendBatches, waitForAll } from './document-batches.ts';
import type { PushProgress } from './push-changes.ts';

/** Articles that are read from the store at once. */
const ARTICLES_A_BATCH = 500;
/** So many articles are hidden at their new place while they are copied, and then at their old one. */
const ARTICLES_A_STEP = 20_000;

export interface MoveOptions {
  readonly store: Store;
  readonly nodes: readonly IndexEngine[];
  readonly buildDocument: (article: StoredArticle) => BuiltDocument;
  /** Milliseconds after which no search is under way any more that was put to the engines before. */
  readonly settleFor: number;
  /** Sends what the index has not yet followed, between two steps. */
  readonly push: () => Promise<void>;
  readonly onProgress?: (progress: PushProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Articles are being moved to another list of engines than the one asked for. */
class UnfinishedMoveError extends Error {
  override readonly name = 'UnfinishedMoveError';
}

/**
 * Moves the articles of an index to the engines that we have; returns how many had to change place.
 * They go slot by slot, from the store, not from the engines that they leave, which may be gone. At every
 * moment each slot is searched on one engine and hidden on any other: first it is copied to where it is
 * hidden, then one write to the store has it searched there, and when the searches under way have ended
 * it is removed from its old place. Killed at any moment, the next call goes on from the same step.
 * @throws UnfinishedMoveError when an earlier move had another aim.
 */
export async function moveArticles(
  uid: string,
  placement: Placement,
  options: MoveOptions,
): Promise<number> {
  const { store, nodes, settleFor, push, onProgress, signal } = options;
  const names = nodes.map(({ name }) => name);
  const begun = await begin(uid, placement, names, options);
  if (begun === null) return 0;
  let state: Moving = begun;
  const contents = createSlotContents(store);
  const total = contents.docsIn(movingSlots(state, 0, SLOTS)).length;
  let done = contents.docsIn(movingSlots(state, 0, state.move.settled)).length;
  while (state.move.left < SLOTS) {
    const { to, left, settled, until }: Move = state.move;
    const leaving = movingSlots(state, left, settled);
    const coming = movingSlots(state, settled, until);
    if (leaving.length + coming.length > 0) await sleep(settleFor, undefined, { signal });
    await Promise.all([
      removeSlots(uid, state.nodes, leaving, options),
      copyArticles(uid, to, contents.docsIn(coming), options, (copied) =>
        onProgress?.({ stage: 'move', done: (done += copied), total }),
      ),
    ]);
    state = {
      nodes: state.nodes,
      move: { to, left: settled, settled: until, until: contents.endOfStep(state, until) },
    };
    await writeStore(store, () => recordPlacement(store, uid, state));
    await push();
    contents.readNew();
  }
  await writeStore(store, () => recordPlacement(store, uid, { nodes: names, move: null }));
  return total;
}

type Moving = Placement & { readonly move: Move };

/** Where to go on from, or null when there is nothing to move. */
async function begin(
  uid: string,
  { nodes: from, move }: Placement,
  names: readonly string[],
  { store, nodes }: MoveOptions,
): Promise<Moving | null> {
  if (move !== null) {
    if (haveSameNames(move.to, names)) return { nodes: from, move };
    throw new UnfinishedMoveError(
      `上一次搬移还没有做完，目标是 ${move.to.join('、')}。请先把 MEILI_SHARDS 设回这些地址，再运行一次 npm run rebalance；其中有的已不能再用时，请运行 npm run rebuild，按现在的 MEILI_SHARDS 从文章库重建。`,
    );
  }
  if (haveSameNames(from, names)) return null;
  const added = nodes.filter(({ name }) => !from.includes(name));
  // What an engine still has that was one of ours before is out of date.
  await dropIndex(added, uid);
  await createIndex(added, uid);
  const begun = { nodes: from, move: { to: names, left: 0, settled: 0, until: 0 } };
  await writeStore(store, () => recordPlacement(store, uid, begun));
  return begun;
}

/** Engines that are no longer ours keep what they have. */
async function removeSlots(
  uid: string,
  from: readonly string[],
  slots: readonly number[],
  { nodes, signal }: MoveOptions,
): Promise<void> {
  const owners = ownersOfSlots(from);
  const pending: PendingTask[] = [];
  for (const node of nodes) {
    const theirs = slots.filter((slot) => owners[slot] === node.name);
    if (theirs.length > 0) pending.push(await node.remove(uid, `slot IN [${theirs.join(',')}]`));
  }
  await waitForAll(pending, signal);
}

async function copyArticles(
  uid: string,
  to: readonly string[],
  docs: readonly number[],
  { store, nodes, buildDocument, signal }: MoveOptions,
  onCopied: (articles: number) => void,
): Promise<void> {
  const batches: DocumentBatch[] = [];
  for (let at = 0; at < docs.length; at += ARTICLES_A_BATCH) {
    const some = docs.slice(at, at + ARTICLES_A_BATCH);
    const documents: DocumentLine[] = [];
    // One by one, for a text may be long.
    for (const doc of some) {
      const [article] = articlesByDoc(store, [doc]);
      if (article === undefined) continue;
      const { json } = buildDocument(article);
      documents.push({ articleId: article.id, changedSeq: article.changedSeq, json });
      // Building holds the thread; answers need a turn.
      await nextTurn();
    }
    signal?.throwIfAborted();
    batches.push(...packDocuments(documents, { nodes: to, move: null }));
    onCopied(some.length);
  }
  await waitForAll(await sendBatches(nodes, uid, batches, signal), signal);
}

/** Which articles of the store belong to which slot. */
function createSlotContents(store: Store) {
  const docs: number[][] = Array.from({ length: SLOTS }, () => []);
  const select = store.prepare<[number], { doc: number; id: string }>(
    'SELECT doc, id FROM articles WHERE doc > ? ORDER BY doc',
  );
  let last = 0;
  /** Takes note of articles that came after the last look. */
  const readNew = () => {
    for (const { doc, id } of select.iterate(last)) {
      docs[slotOf(id)]!.push(doc);
      last = doc;
    }
  };
  readNew();
  return {
    readNew,
    docsIn: (slots: readonly number[]) => slots.flatMap((slot) => docs[slot]!),
    /** Where a step ends that begins at a slot: when enough articles move, or with the last slot. */
    endOfStep(placement: Placement, from: number): number {
      let articles = 0;
      for (const slot of movingSlots(placement, from, SLOTS)) {
        articles += docs[slot]!.length;
        if (articles >= ARTICLES_A_STEP) return slot + 1;
      }
      return SLOTS;
    },
  };
}
