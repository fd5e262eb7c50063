import { EngineError } from '../engine/engine-error.ts';
import { areSharded, configureIndex, countDocuments } from '../engine/index-engine.ts';
import { placementOf } from '../engine/placement.ts';
import { countArticles } from '../store/articles.ts';
import { countChangesAfter, latestSeq } from '../store/changes.ts';
import { tryLock, waitForLock } from '../core/process-lock.ts';
import { writeStore } from '../store/write-store.ts';
import { auditIndex, type IndexAudit } from './index-audit.ts';
import { canWrite, findIndexFault, isPlaced } from './index-fault.ts';
import { followsTheseRules, haveSameDocuments, shardedFingerprint } from './index-fingerprint.ts';
import type { IndexRecord } from './index-registry.ts';
import {
  activateIndex,
  activeIndex,
  findIndex,
  growingIndex,
  recordApplied,
  recordFingerprint,
  retiredIndexes,
  underBuildLock,
} from './index-registry.ts';
import { moveArticles } from './move-articles.ts';
import { removeIndex, resumeOrCreate } from './new-index.ts';
import type { PushOptions } from './push-changes.ts';
import { pushChanges } from './push-changes.ts';

const LOCK = 'push';
/** No search takes that long. */
const RETIRED_FOR_MS = 60_000;

type Following = Pick<PushOptions, 'signal' | 'moreToCome'>;

export interface IndexManagerOptions extends Omit<PushOptions, keyof Following> {
  readonly fingerprint: string;
  /** What index names begin with. */
  readonly prefix?: string;
  /** Milliseconds for which an index that was replaced still answers. */
  readonly retiredFor?: number;
  /** Milliseconds after which no search is under way any more. */
  readonly settleFor?: number;
  readonly say: (message: string) => void;
  /** Told why a new index is being made, and null once it is there. */
  readonly onRenewal?: (reason: string | null) => void;
  /** Called at the moment at which a new index begins to answer. */
  readonly onActivated?: () => void;
}

/**
 * Keeps the index in step with the store. Only one process at a time pushes; the others wait or leave
 * it. Which index answers is a row of the store, not a swap in the engine, whose 1.21 may lose tasks
 * when it swaps: a new index is made under a name of its own and takes over when it is complete.
 */
export type IndexManager = ReturnType<typeof createIndexManager>;

export function createIndexManager(options: IndexManagerOptions) {
  const { store, dataDir, nodes, say, prefix = 'articles' } = options;
  const { retiredFor = RETIRED_FOR_MS, settleFor = RETIRED_FOR_MS } = options;
  const fingerprint = areSharded(nodes)
    ? shardedFingerprint(options.fingerprint)
    : options.fingerprint;
  let said = '';

  async function locked<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const onWait = () => say('另一个进程正在写索引，等它完成');
    const lock = await waitForLock(dataDir, LOCK, onWait, signal);
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  /** Null while another process is at it. */
  async function unlessLocked<T>(work: () => Promise<T>): Promise<T | null> {
    const lock = tryLock(dataDir, LOCK);
    try {
      return lock === null ? null : await work();
    } finally {
      lock?.release();
    }
  }

  async function update(following: Following): Promise<void> {
    const index = activeIndex(store);
    const fault: Awaited<ReturnType<typeof findIndexFault>> =
      index === null
        ? { type: 'broken', reason: '还没有索引' }
        : await findIndexFault(nodes, store, index, fingerprint);
    if (index === null || fault?.type === 'broken' || fault?.type === 'outdated') {
      const { reason } = fault as { reason: string };
      if (countArticles(store) > 0) say(`${reason}，从文章库重建`);
      await build(reason, following);
    } else {
      if (fault?.type === 'settings') await applySettings(index.uid);
      // Said once: changes come every second, and nothing is new until somebody has moved the articles.
      if (fault?.type === 'misplaced' && fault.reason !== said) say((said = fault.reason));
      // Else changes wait until the articles have been moved.
      if (canWrite(nodes, store, index.uid)) await push(index, following);
      // Of words that were edited back before the index was complete.
      const growing = growingIndex(store);
      if (growing !== null && growing.fingerprint !== fingerprint)
        await removeIndex(store, nodes, growing.uid);
    }
    await removeRetired();
  }

  async function applySettings(uid: string): Promise<void> {
    if (countArticles(store) > 0) say('索引设置已变，由引擎就地套用，文章不必重写');
    await configureIndex(nodes, uid);
    await writeStore(store, () => recordFingerprint(store, uid, fingerprint));
  }

  async function push(index: IndexRecord, following: Following): Promise<void> {
    await pushChanges(index, { ...options, ...following });
    // A change that left nothing to push (an article added and removed again) counts as followed too.
    const latest = latestSeq(store);
    const { appliedSeq } = findIndex(store, index.uid) ?? index;
    if (latest > appliedSeq && countChangesAfter(store, appliedSeq) === 0)
      await writeStore(store, () => recordApplied(store, index.uid, latest));
  }

  async function build(reason: string, following: Following): Promise<void> {
    options.onRenewal?.(reason);
    await underBuildLock(dataDir, async () => {
      const index = await resumeOrCreate(store, nodes, prefix, fingerprint);
      await push(index, following);
      await requireComplete(index.uid);
      await writeStore(store, () => activateIndex(store, index.uid));
    });
    options.onActivated?.();
    options.onRenewal?.(null);
  }

  /** @throws EngineError `incomplete` when documents are missing; the index is then begun anew. */
  async function requireComplete(uid: string): Promise<void> {
    const index = findIndex(store, uid);
    const fault = index && (await findIndexFault(nodes, store, index, fingerprint));
    if (fault?.type !== 'broken') return;
    await removeIndex(store, nodes, uid);
    throw new EngineError('incomplete', `新建的索引不完整：${fault.reason}，没有换上。`);
  }

  async function move(signal?: AbortSignal): Promise<number> {
    const index = activeIndex(store);
    const placement = index && placementOf(store, index.uid);
    let moved = 0;
    if (index !== null && placement !== null && index.fingerprint === fingerprint)
      moved = await moveArticles(index.uid, placement, {
        ...options,
        settleFor,
        signal,
        async push() {
          if (canWrite(nodes, store, index.uid))
            await push(findIndex(store, index.uid) ?? index, { signal });
        },
      });
    await update({ signal });
    return moved;
  }

  async function removeRetired(): Promise<void> {
    for (const uid of retiredIndexes(store, retiredFor)) await removeIndex(store, nodes, uid);
  }

  return {
    /**
     * Brings the index up to date, building a new one when it is missing, damaged or out of date. As long
     * as `moreToCome` says so, it goes on following the store.
     */
    bringUpToDate: (signal?: AbortSignal, moreToCome?: () => boolean) =>
      locked(() => update({ signal, moreToCome }), signal),
    /**
     * The same, unless another process is at it, or has made the index with other words than ours, or
     * nothing has changed; with `check`, the index is looked at all the same. Returns whether it did anything.
     */
    async followChanges(signal?: AbortSignal, check = false): Promise<boolean> {
      const index = activeIndex(store);
      if (index !== null) {
        if (!haveSameDocuments(index.fingerprint, fingerprint)) return false;
        const isBehind = index.appliedSeq < latestSeq(store);
        if (!check && !isBehind && retiredIndexes(store, retiredFor).length === 0) return false;
      }
      const followed = await unlessLocked(async () => {
        await update({ signal });
        return true;
      });
      return followed ?? false;
    },
    /** A fresh index from the store, put in place of the old one when it is complete. */
    rebuild: (signal?: AbortSignal, reason = '按要求重建') =>
      locked(async () => {
        await build(reason, { signal });
        await removeRetired();
      }, signal),
    /** A look at some articles of the index; null while it is being written or moved or is not ours. */
    audit: () =>
      unlessLocked(async (): Promise<IndexAudit | null> => {
        const index = activeIndex(store);
        if (index?.fingerprint !== fingerprint || !isPlaced(nodes, store, index.uid)) return null;
        return auditIndex(index, options);
      }),
    /**
     * Moves articles to the engines that we have when others held them; returns how many. An index that
     * cannot be moved is built anew.
     */
    rebalance: (signal?: AbortSignal) => locked(() => move(signal), signal),
    /** Whether there is an index that can answer, but it was made with other words or parks. */
    async isOutdated(): Promise<boolean> {
      const index = activeIndex(store);
      if (index === null || !followsTheseRules(index.fingerprint)) return false;
      if (haveSameDocuments(index.fingerprint, fingerprint)) return false;
      return (await countDocuments(nodes, index.uid)) !== null;
    },
  };
}
