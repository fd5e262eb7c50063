import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import type { EngineBinary } from './engine-binary.ts';
import { hasSpace, requestDiscard } from './engine-database.ts';
import type { EngineFolder } from './engine-folder.ts';
import { isHealthy } from './engine-health.ts';
import type { EngineLog } from './engine-log.ts';
import { boundLog } from './engine-log.ts';
import type { EngineProcess } from './engine-process.ts';
import { startEngine } from './engine-start.ts';
import { processActivity, signalProcess } from './process-identity.ts';

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

export interface EngineSupervisor {
  /** The process at this moment; null while it is down. */
  readonly current: () => EngineProcess | null;
  /** Stops looking after the engine, which goes on running if it does. */
  readonly release: () => Promise<void>;
}

const HEALTH_POLL = 10_000;
const HEALTH_LIMIT = 5_000;
/** An engine that has not answered for about a minute, and did nothing meanwhile, hangs. */
const SILENCES_BEFORE_KILL = 5;
/** One that works that long without an answer, half an hour about, will not find out of it. */
const BUSY_SILENCES_BEFORE_KILL = 120;
/** In ticks of 10 ms: a tenth of a second in ten is work, less is waking up now and then. */
const LEAST_ACTIVITY = 10;

/**
 * Starts the engine again whenever it ends or hangs, with growing delays, until released. With `null`
 * for the process it starts with starting. Needs the leader lock.
 */
export function superviseEngine(
  engine: EngineProcess | null,
  options: SupervisorOptions,
): EngineSupervisor {
  const { folder, log, onEvent } = options;
  const released = new AbortController();
  const { signal } = released;
  const history = createCrashHistory();
  let current: EngineProcess | null = null;
  let revival: Promise<void> = Promise.resolve();
  let silences = 0;
  let idleSilences = 0;
  let activity: number | null = null;

  const watch = (watched: EngineProcess) => {
    current = watched;
    silences = idleSilences = 0;
    const startedAt = Date.now();
    void watched.exited.then((how) => {
      if (signal.aborted) return;
      current = null;
      const { delay, isDataSuspect } = history.note(how, startedAt, Date.now());
      log.warn(`检索引擎退出了（${how}），${delay / 1000} 秒后重新启动。`);
      onEvent({ type: 'restarting', reason: how });
      revival = revive(delay, isDataSuspect).catch(reportUnlessReleased);
    });
  };

  const revive = async (delay: number, isDataSuspect: boolean) => {
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
    log.info('检索引擎已重新启动。');
    if (started.startedEmpty) onEvent({ type: 'index-lost' });
    onEvent({ type: 'ready' });
  };

  const reportUnlessReleased = (error: unknown) => {
    if (!signal.aborted) log.error(`检索引擎的看护出错：${(error as Error).message}`);
  };

  const examine = async () => {
    boundLog(folder.logFile);
    const examined = current;
    const before = activity;
    activity = examined === null ? null : processActivity(examined.identity.pid);
    if (examined === null || (await isHealthy(examined.url, HEALTH_LIMIT))) {
      silences = idleSilences = 0;
      return;
    }
    if (examined !== current) return;
    silences += 1;
    const isBusy = before !== null && activity !== null && activity - before >= LEAST_ACTIVITY;
    idleSilences = isBusy ? 0 : idleSilences + 1;
    if (isBusy && silences === SILENCES_BEFORE_KILL)
      log.warn('检索引擎一分钟没有应答，但仍在工作（多半在写索引），继续等它。');
    if (idleSilences < SILENCES_BEFORE_KILL && silences < BUSY_SILENCES_BEFORE_KILL) return;
    log.error('检索引擎没有应答，也不再工作，强制重新启动。');
    signalProcess(examined.identity.pid, 'SIGKILL');
  };
  const timer = setInterval(() => void examine().catch(reportUnlessReleased), HEALTH_POLL);
  timer.unref();

  if (engine !== null) watch(engine);
  else {
    onEvent({ type: 'restarting', reason: '接管时引擎没有运行' });
    revival = revive(0, false).catch(reportUnlessReleased);
  }

  return {
    current: () => current,
    async release() {
      clearInterval(timer);
      released.abort();
      await revival;
    },
  };
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
