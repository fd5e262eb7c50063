import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import type { ProcessLock } from '../core/process-lock.ts';
import type { EngineBinary } from './engine-binary.ts';
import {
  databaseIdentity,
  hasSpace,
  isDiscardRequested,
  requestDiscard,
} from './engine-database.ts';
import type { EngineFolder } from './engine-folder.ts';
import { readRecord, tryLeaderLock, tryLockOutFollowers } from './engine-folder.ts';
import { isHealthy } from './engine-health.ts';
import type { EngineLog } from './engine-log.ts';
import { boundLog } from './engine-log.ts';
import type { EngineProcess } from './engine-process.ts';
import { engineUrl } from './engine-process.ts';
import { startEngine, stopEngines } from './engine-start.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { isRunning, onProcessEnd, processActivity, signalProcess } from './process-identity.ts';

/** What happens to a running engine. */
export type EngineEvent =
  | { readonly type: 'ready' }
  | { readonly type: 'restarting'; readonly reason: string }
  /** It came back without data: the index must be built again from the article store. */
  | { readonly type: 'index-lost' };

export type EngineListener = (event: EngineEvent) => void;

export interface SupervisorOptions {
  readonly folder: EngineFolder;
  /** Asked only when an engine must be started. */
  readonly findBinary: () => Promise<EngineBinary>;
  readonly masterKey: string;
  readonly lowMemory: boolean;
  /** Clients know this one, so a restarted engine listens there again. */
  readonly port: number;
  readonly log: EngineLog;
  readonly onEvent: EngineListener;
}

const LOOK_EVERY_MS = 500;
const EXAMINE_EVERY_MS = 10_000;
const HEALTH_LIMIT = 5_000;
/** An engine that has not answered for about a minute, and did nothing meanwhile, hangs. */
const SILENCES_BEFORE_KILL = 5;
/** One that works that long without an answer, half an hour about, will not find out of it. */
const BUSY_SILENCES_BEFORE_KILL = 120;
/** In ticks of 10 ms: a tenth of a second in ten is work, less is waking up now and then. */
const LEAST_ACTIVITY = 10;

/**
 * Tells when the engine goes and when it comes back, with its data or without. A leader, given its process,
 * starts it again whenever it ends or hangs, with growing delays. A follower, given null, leaves that to the
 * leader; it becomes the leader when that process is gone. `lock` is the one that belongs to the part.
 * Returns the function that ends this and releases the lock; the engine goes on running. Should we exit
 * without calling it, the engine goes too, unless others use it.
 */
export function superviseEngine(
  lock: ProcessLock,
  leading: EngineProcess | null,
  options: SupervisorOptions,
): () => Promise<void> {
  const { folder, port, log, onEvent } = options;
  const stopped = new AbortController();
  const { signal } = stopped;
  const history = createCrashHistory();
  let held = lock;
  /** What is undone when we lead no more; null for a follower. */
  let stopLeading: (() => void) | null = null;
  /** The engine that we lead. */
  let led: EngineProcess | null = null;
  let startedAt = Date.now();
  let isReady = true;
  let database = databaseIdentity(folder);
  let look: Promise<void> | null = null;

  const watch = (engine: EngineProcess) => {
    led = engine;
    startedAt = Date.now();
    void engine.exited?.then(lookNow);
  };

  const lead = () => {
    const end = onProcessEnd(() => {
      if (led !== null && tryLockOutFollowers(folder) !== null)
        signalProcess(led.identity.pid, 'SIGTERM');
    });
    const examine = createExamination(() => led?.identity ?? null, options);
    const examining = setInterval(examine, EXAMINE_EVERY_MS).unref();
    stopLeading = () => {
      end();
      clearInterval(examining);
    };
  };

  /** Needs the lock of the leader that is gone. */
  const takeOver = async (leaderLock: ProcessLock) => {
    held.release();
    held = leaderLock;
    lead();
    log.info('看护检索引擎的进程已退出，由本进程接管。');
    if (isDiscardRequested(folder)) await stopEngines(folder);
    const identity = readRecord(folder);
    if (identity !== null) watch({ identity, port, exited: null });
  };

  const revive = async (ending: string) => {
    const { delay, isDataSuspect } = history.note(ending, startedAt, Date.now());
    log.warn(`检索引擎退出了（${ending}），${delay / 1000} 秒后重新启动。`);
    await sleep(delay, undefined, { signal });
    if (isDataSuspect && hasSpace(folder))
      requestDiscard(folder, '检索引擎反复崩溃，数据很可能已损坏');
    const started = await pRetry(
      async () => startEngine({ ...options, binary: await options.findBinary(), signal }),
      {
        retries: Infinity,
        minTimeout: 1_000,
        maxTimeout: 15_000,
        signal,
        // Nobody waits for this; whatever it was, the next attempt may work.
        onFailedAttempt({ error }) {
          if (!signal.aborted) log.error(`${error.message}；稍后再试。`);
        },
      },
    );
    watch(started.process);
    if (started.startedEmpty) database = null;
    log.info('检索引擎已重新启动。');
  };

  const lookOnce = async () => {
    const leaderLock = stopLeading === null ? tryLeaderLock(folder) : null;
    if (leaderLock !== null) await takeOver(leaderLock);
    const isLeading = stopLeading !== null;
    const running = isLeading ? (led?.identity ?? null) : readRecord(folder);
    if (running === null || !isRunning(running)) {
      const reason = (isLeading ? await led?.exited : '等看护它的进程重新启动') ?? '原因不明';
      if (isReady) onEvent({ type: 'restarting', reason });
      isReady = false;
      if (!isLeading) return;
      await revive(reason);
    }
    if (!isReady && !(await isHealthy(engineUrl(port), 2_000))) return;
    // It may have gone and come back between two looks, so this is compared each time.
    const found = databaseIdentity(folder);
    if (found !== database) onEvent({ type: 'index-lost' });
    database = found;
    if (!isReady) onEvent({ type: 'ready' });
    isReady = true;
  };

  const lookNow = () => {
    if (signal.aborted) return;
    look ??= lookOnce()
      .catch((error: unknown) => {
        if (!signal.aborted) log.error(`检索引擎的看护出错：${(error as Error).message}`);
      })
      .finally(() => {
        look = null;
      });
  };
  const looking = setInterval(lookNow, LOOK_EVERY_MS).unref();

  if (leading !== null) {
    lead();
    watch(leading);
  }
  return async () => {
    stopped.abort();
    clearInterval(looking);
    await look;
    held.release();
    stopLeading?.();
  };
}

/** Looks at whether the engine still answers or works, and kills one that does neither. */
function createExamination(
  current: () => ProcessIdentity | null,
  { folder, port, log }: SupervisorOptions,
): () => void {
  let examined: ProcessIdentity | null = null;
  let silences = 0;
  let idleSilences = 0;
  let activity: number | null = null;

  const examine = async () => {
    boundLog(folder.logFile);
    const engine = current();
    const before = activity;
    activity = engine === null ? null : processActivity(engine.pid);
    const isSilent = engine !== null && !(await isHealthy(engineUrl(port), HEALTH_LIMIT));
    if (!isSilent || engine !== examined) {
      silences = idleSilences = 0;
      examined = engine;
      if (!isSilent) return;
    }
    if (engine !== current()) return;
    silences += 1;
    const isBusy = before !== null && activity !== null && activity - before >= LEAST_ACTIVITY;
    idleSilences = isBusy ? 0 : idleSilences + 1;
    if (isBusy && silences === SILENCES_BEFORE_KILL)
      log.warn('检索引擎一分钟没有应答，但仍在工作（多半在写索引），继续等它。');
    if (idleSilences < SILENCES_BEFORE_KILL && silences < BUSY_SILENCES_BEFORE_KILL) return;
    log.error('检索引擎没有应答，也不再工作，强制重新启动。');
    signalProcess(engine.pid, 'SIGKILL');
  };
  return () =>
    void examine().catch((error: unknown) =>
      log.error(`检索引擎的看护出错：${(error as Error).message}`),
    );
}

const FIRST_DELAY = 100;
const LONGEST_DELAY = 15_000;
const CALM_AFTER = 60_000;
const FAULT_WINDOW = 300_000;
const FAULTS_BEFORE_SUSPICION = 4;

/** Ends that come from inside the engine, such as a bus error on a damaged file; not from a person. */
const FAULT_SIGNALS = ['SIGSEGV', 'SIGBUS', 'SIGABRT', 'SIGILL', 'SIGFPE'];

/** Remembers how the engine ended: the delay doubles until it has once run for a minute. */
export function createCrashHistory() {
  let nextDelay = FIRST_DELAY;
  let faults: number[] = [];
  return {
    /**
     * Notes that the engine started at `startedAt` ended at `now` (ms) in the way of `how`. Returns the
     * milliseconds to wait before the next start, and whether it has broken down so often that its data
     * must be to blame.
     */
    note(how: string, startedAt: number, now: number) {
      const delay = now - startedAt > CALM_AFTER ? FIRST_DELAY : nextDelay;
      nextDelay = Math.min(delay * 2, LONGEST_DELAY);
      faults = faults.filter((time) => now - time < FAULT_WINDOW);
      if (FAULT_SIGNALS.includes(how)) faults.push(now);
      const isDataSuspect = faults.length >= FAULTS_BEFORE_SUSPICION;
      if (isDataSuspect) faults = [];
      return { delay, isDataSuspect };
    },
  };
}
