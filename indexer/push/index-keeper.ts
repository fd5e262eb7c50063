import { EngineError } from '../engine/engine-error.ts';
import { placementOf } from '../engine/placement-record.ts';
import { countArticles } from '../store/articles.ts';
import { countChangesAfter, latestSeq } from '../store/changes.ts';
import { tryLock, waitForLock } from '../core/process-lock.ts';
import { writeStore } from '../store/write-store.ts';
import type { BuildOptions } from './build-ahead.ts';
import { underBuildLock } from './build-lock.ts';
import { auditIndex, type IndexAudit } from './index-audit.ts';
import { canWrite, findIndexFault, isPlaced } from './index-fault.ts';
import { followsTheseRules, haveSameDocuments, shardedFingerprint } from './index-fingerprint.ts';
import type { IndexNode } from '../engine/index-nodes.ts';
import { areSharded, configureIndex, countDocuments } from '../engine/index-nodes.ts';
import type { IndexRecord } from './index-registry.ts';
import {
  activateIndex,
  activeIndex,
  growingIndex,
  recordApplied,
  recordFingerprint,
  retiredIndexes,
} from './index-registry.ts';
import { moveArticles } from './move-articles.ts';
import { createIndexMaker } from './new-index.ts';
import type { PushOptions, PushProgress } from './push-changes.ts';
import { pushChanges } from './push-changes.ts';

const LOCK = 'push';
/** No search takes that long. */
const RETIRED_FOR_MS = 60_000;

export interface IndexKeeperOptions extends Omit<BuildOptions, 'signal' | 'moreToCome'> {
  /** The engines that new indexes are made on: one, or several that share the articles. */
  readonly nodes: readonly IndexNode[];
  readonly fingerprint: string;
  /** What index names begin with. */
  readonly prefix?: string;
  /** Milliseconds for which an index that was replaced still answers. */
  readonly retiredFor?: number;
  /** Milliseconds after which no search is under way any more. */
  readonly settleFor?: number;
  readonly say: (message: string) => void;
  readonly onProgress?: (progress: PushProgress) => void;
  /** Told why a new index is being made, and null once it is there. */
  readonly onRenewal?: (reason: string | null) => void;
  /** Called at the moment at which a new index begins to answer. */
  readonly onActivated?: () => void;
}

/**
 * Keeps the index in step with the store. Only one process at a time pushes; the others wait or leave
 * it. Which index answers is a row of the store, not a swap in the engine, whose 1.21 may lose tasks
 * when it swaps: a new index is made under a name of its own and takes over when it is whole.
 */
export interface IndexKeeper {
  /**
   * Brings the index up to date, building a new one when it is missing, damaged or out of date. As long as
   * `moreToCome` says so, it goes on following the store.
   */
  readonly bringUpToDate: (signal?: AbortSignal, moreToCome?: () => boolean) => Promise<void>;
  /**
   * The same, unless another process is at it, or has made the index with other words than ours, or
   * nothing has changed; with `check`, the index is looked at all the same. Returns whether it did anything.
   */
  readonly followChanges: (signal?: AbortSignal, check?: boolean) => Promise<boolean>;
  /** A fresh index from the store, put in place of the old one when it is whole. */
  readonly rebuild: (signal?: AbortSignal, reason?: string) => Promise<void>;
  /** A look at some articles of the index; null while it is being written or moved or is not ours. */
  readonly audit: () => Promise<IndexAudit | null>;
  /**
   * Moves articles to the engines that we have when others held them; returns how many. An index that
   * cannot be moved is built anew.
   */
  readonly rebalance: (signal?: AbortSignal) => Promise<number>;
  /** Whether there is an index that can answer, but it was made with other words or parks. */
  readonly isOutdated: () => Promise<boolean>;
}

type Following = Pick<PushOptions, 'signal' | 'moreToCome'>;

const following = (signal?: AbortSignal, moreToCome?: () => boolean): Following => ({
  ...(signal === undefined ? {} : { signal }),
  ...(moreToCome === undefined ? {} : { moreToCome }),
});

export function createIndexKeeper(options: IndexKeeperOptions): IndexKeeper {
  const { store, dataDir, nodes, say } = options;
  const fingerprint = areSharded(nodes)
    ? shardedFingerprint(options.fingerprint)
    : options.fingerprint;
  const { prefix = 'articles', retiredFor = RETIRED_FOR_MS } = options;
  const { settleFor = RETIRED_FOR_MS } = options;
  const { resumeOrCreate, drop } = createIndexMaker({ store, nodes, prefix, fingerprint });
  let said = '';

  async function locked<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const lock = await waitForLock(
      dataDir,
      LOCK,
      () => say('另一个进程正在写索引，等它完成'),
      signal,
    );
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  async function update(following: Following): Promise<void> {
    const index = activeIndex(store);
    if (index === null) await renew('还没有索引', following);
    else {
      const fault = await findIndexFault(nodes, store, index, fingerprint);
      if (fault?.type === 'broken' || fault?.type === 'outdated')
        await renew(fault.reason, following);
      else {
        if (fault?.type === 'settings') await applySettings(index.uid);
        if (fault?.type === 'misplaced') sayOnce(fault.reason);
        // Else changes wait until the articles have been moved.
        if (canWrite(nodes, store, index)) await push(index, following);
        await dropAbandoned();
      }
    }
    await removeRetired();
  }

  /** Changes come every second, and nothing is new until somebody has moved the articles. */
  function sayOnce(message: string): void {
    if (message !== said) say(message);
    said = message;
  }

  async function renew(reason: string, following: Following): Promise<void> {
    if (countArticles(store) > 0) say(`${reason}，从文章库重建`);
    await build(reason, following);
  }

  /** The engine changes its settings in one go: a search sees those before or those after. */
  async function applySettings(uid: string): Promise<void> {
    if (countArticles(store) > 0) say('索引设置已变，由引擎就地套用，文章不必重写');
    await configureIndex(nodes, uid);
    await writeStore(store, () => recordFingerprint(store, uid, fingerprint));
  }

  async function push(index: IndexRecord, following: Following): Promise<void> {
    await pushChanges(index, { ...options, ...following });
    const seen = latestSeqSeen(index);
    if (seen > index.appliedSeq)
      await writeStore(store, () => recordApplied(store, index.uid, seen));
  }

  /** A change that left nothing to push (an article added and removed again) counts as followed too. */
  function latestSeqSeen(index: IndexRecord): number {
    const seq = latestSeq(store);
    const applied = activeOrGrowing(index.uid)?.appliedSeq ?? index.appliedSeq;
    return countChangesAfter(store, applied) === 0 ? seq : applied;
  }

  function activeOrGrowing(uid: string): IndexRecord | null {
    return [activeIndex(store), growingIndex(store)].find((one) => one?.uid === uid) ?? null;
  }

  async function build(reason: string, following: Following): Promise<void> {
    options.onRenewal?.(reason);
    await underBuildLock(dataDir, async () => {
      const index = await resumeOrCreate();
      await push(index, following);
      await checkWhole(index.uid);
      await writeStore(store, () => activateIndex(store, index.uid));
    });
    options.onActivated?.();
    options.onRenewal?.(null);
  }

  /** @throws EngineError `incomplete` when documents are missing; the index is then begun anew. */
  async function checkWhole(uid: string): Promise<void> {
    const index = activeOrGrowing(uid);
    if (index === null) return;
    const fault = await findIndexFault(nodes, store, index, fingerprint);
    if (fault?.type !== 'broken') return;
    await drop(uid);
    throw new EngineError('incomplete', `新建的索引不完整：${fault.reason}，没有换上。`);
  }

  async function move(signal?: AbortSignal): Promise<number> {
    const index = activeIndex(store);
    const placement = index === null ? null : placementOf(store, index.uid);
    if (index === null || placement === null || index.fingerprint !== fingerprint) {
      await update(following(signal));
      return 0;
    }
    const follow = async () => {
      if (canWrite(nodes, store, index))
        await push(activeOrGrowing(index.uid) ?? index, following(signal));
    };
    const moved = await moveArticles(index.uid, placement, {
      ...options,
      settleFor,
      push: follow,
      signal,
    });
    await update(following(signal));
    return moved;
  }

  /** Of words that were edited back before the index was whole. */
  async function dropAbandoned(): Promise<void> {
    const growing = growingIndex(store);
    if (growing !== null && growing.fingerprint !== fingerprint) await drop(growing.uid);
  }

  async function removeRetired(): Promise<void> {
    for (const uid of retiredIndexes(store, retiredFor)) await drop(uid);
  }

  return {
    bringUpToDate: (signal, moreToCome) =>
      locked(() => update(following(signal, moreToCome)), signal),
    rebuild: (signal, reason = '按要求重建') =>
      locked(async () => {
        await build(reason, following(signal));
        await removeRetired();
      }, signal),
    async followChanges(signal, check = false) {
      const index = activeIndex(store);
      if (index !== null) {
        if (!haveSameDocuments(index.fingerprint, fingerprint)) return false;
        const isBehind = index.appliedSeq < latestSeq(store);
        if (!check && !isBehind && retiredIndexes(store, retiredFor).length === 0) return false;
      }
      const lock = tryLock(dataDir, LOCK);
      if (lock === null) return false;
      try {
        await update(following(signal));
        return true;
      } finally {
        lock.release();
      }
    },
    async audit() {
      const lock = tryLock(dataDir, LOCK);
      if (lock === null) return null;
      try {
        const index = activeIndex(store);
        if (index?.fingerprint !== fingerprint || !isPlaced(nodes, store, index)) return null;
        return await auditIndex(index, options);
      } finally {
        lock.release();
      }
    },
    rebalance: (signal) => locked(() => move(signal), signal),
    async isOutdated() {
      const index = activeIndex(store);
      if (index === null || !followsTheseRules(index.fingerprint)) return false;
      if (haveSameDocuments(index.fingerprint, fingerprint)) return false;
      return (await countDocuments(nodes, index.uid)) !== null;
    },
  };
}
