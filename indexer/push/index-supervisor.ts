import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../engine/engine.ts';
import { isTransient, suspectsCorruption } from '../engine/engine-error.ts';
import type { IndexAudit } from './index-audit.ts';
import type { IndexManager } from './index-manager.ts';
import { retryWhileRecovering } from './retry-while-recovering.ts';

const EVERY_MS = 1_000;
/** So often the index is looked at although nothing has changed. */
const CHECK_EVERY_MS = 10_000;
const LONGEST_PAUSE_MS = 15_000;
/** A search that finds fresh data damaged again and again must not keep us from all other searches. */
const DISCARD_AT_MOST_EVERY_MS = 30_000;
const AUDIT_EVERY_MS = 60_000;
/** An index that is at fault anew so soon is not the fault of the disk. */
const REBUILD_AT_MOST_EVERY_MS = 3_600_000;

export interface IndexSupervisorOptions {
  readonly engine: Pick<Engine, 'discardData' | 'onEvent'>;
  readonly manager: IndexManager;
  /** Brings the annotations of the stored articles up to date; false when that has to wait. */
  readonly annotate: () => Promise<boolean>;
  readonly renewKeys: () => Promise<void>;
  readonly say: (message: string) => void;
  /** Told of every look at a sample of the index; one that is at fault is made anew. */
  readonly onAudit: (audit: IndexAudit) => void;
  /** Called when the index is up to date for the first time. */
  readonly onCaughtUp: () => void;
  readonly onFailure: (error: unknown) => void;
  readonly signal: AbortSignal;
}

export type IndexSupervisor = ReturnType<typeof superviseIndex>;

/**
 * Brings the index up to date, then looks after it until the signal: it follows the store, so that articles
 * which the command line adds beside a running service become searchable; one that is lost or damaged is
 * built anew from the store. A failure is told and tried again.
 */
export function superviseIndex(options: IndexSupervisorOptions) {
  const { engine, manager, say, signal } = options;
  /** Whether the next look is a close one: something may be wrong with the index. */
  let isSuspected = true;
  let isAnnotated = false;
  let isCaughtUp = false;
  /** Why the data are discarded at the next look. */
  let damage: string | null = null;
  let discardedAt = -Infinity;
  /** The index was complete since its data were last discarded; else the data are not to blame. */
  let isMended = true;
  let auditedAt = -Infinity;
  let rebuiltAt = -Infinity;

  const discardData = async (reason: string) => {
    if (!isMended || Date.now() - discardedAt < DISCARD_AT_MOST_EVERY_MS)
      throw new Error(`刚清空过，又见损坏，暂不再清空：${reason}`);
    await engine.discardData(reason);
    discardedAt = Date.now();
    isMended = false;
  };

  const noteDamage = (error: unknown) => {
    if (suspectsCorruption(error)) damage = `索引数据已损坏（${(error as Error).message}）`;
  };

  const look = async () => {
    if (damage !== null) {
      say(`发现${damage}，清空后从文章库重建`);
      await discardData(damage);
      damage = null;
    }
    isAnnotated ||= await options.annotate();
    let isClose = isSuspected;
    isSuspected = false;
    const follow = async () => {
      if (isClose) await options.renewKeys();
      const check = isClose;
      // Whatever fails, the next attempt looks closer.
      isClose = true;
      // Once ours has been made, another one is another program's, which would undo it in turn.
      if (isCaughtUp) await manager.followChanges(signal, check);
      else {
        await manager.bringUpToDate(signal);
        options.onCaughtUp();
      }
      isCaughtUp = isMended = true;
    };
    await retryWhileRecovering(follow, { engine: { discardData }, say, signal });
  };

  const audit = async () => {
    if (Date.now() - auditedAt < AUDIT_EVERY_MS) return;
    const found = await manager.audit().catch((error: unknown) => {
      // Without a search nobody else meets it.
      noteDamage(error);
      if (damage === null) throw error;
      return null;
    });
    if (found === null) return;
    auditedAt = Date.now();
    options.onAudit(found);
    if (found.fault === null) return;
    if (Date.now() - rebuiltAt < REBUILD_AT_MOST_EVERY_MS)
      throw new Error(`刚重建过，又见索引${found.fault}，暂不再重建；请把这条日志报给维护者`);
    say(`索引不可信（${found.fault}），从文章库重建`);
    await manager.rebuild(signal, found.fault);
    rebuiltAt = Date.now();
  };

  let resolveFirst!: () => void;
  let rejectFirst!: (reason: unknown) => void;
  const caughtUp = new Promise<void>((resolve, reject) => {
    [resolveFirst, rejectFirst] = [resolve, reject];
  });
  // Nobody need listen to it.
  caughtUp.catch(() => undefined);

  const care = async () => {
    let pause = EVERY_MS;
    let checkedAt = Date.now();
    const isOver = () => signal.aborted;
    while (!isOver()) {
      try {
        await look();
        resolveFirst();
        await audit();
        pause = EVERY_MS;
      } catch (error) {
        rejectFirst(error);
        if (isOver()) return;
        options.onFailure(error);
        damage = null;
        isSuspected = true;
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
      await sleep(pause, undefined, { signal }).catch(() => undefined);
      if (Date.now() - checkedAt < CHECK_EVERY_MS) continue;
      checkedAt = Date.now();
      isSuspected = true;
    }
    // Ended before it had looked at anything.
    rejectFirst(signal.reason);
  };

  const forget = engine.onEvent(({ type }) => {
    if (type === 'index-lost') say('引擎的数据已丢失，从文章库重建索引');
    isSuspected = true;
  });
  return {
    /** Fulfilled when the index is up to date for the first time; rejected when the first attempt fails, or the signal comes before it. */
    caughtUp,
    /** Told of the error of a search: one that bespeaks a lost or damaged index has it mended. */
    noteSearchError(error: unknown): void {
      noteDamage(error);
      if (isTransient(error)) isSuspected = true;
    },
    /** Fulfilled some time after the signal. */
    done: care().finally(forget),
  };
}
