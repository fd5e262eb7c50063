import { setTimeout as sleep } from 'node:timers/promises';
import { createCrashHistory } from './crash-history.ts';
import type { EngineBinary } from './engine-binary.ts';
import type { EngineFolder } from './engine-folder.ts';
import { hasSpace, requestDiscard } from './engine-database.ts';
import { isHealthy } from './engine-health.ts';
import type { EngineLog } from './engine-log.ts';
import { boundLog } from './engine-log.ts';
import type { EngineProcess } from './engine-process.ts';
import { startEngine } from './engine-start.ts';
import type { EngineListener } from './engine-state.ts';
import { processActivity } from './process-activity.ts';
import { signalProcess } from './process-identity.ts';

export interface KeepAliveOptions {
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

export interface Keeper {
  /** The process at this moment; null while it is down. */
  readonly current: () => EngineProcess | null;
  /** Stops looking after the engine and returns the process that then still runs, if any. */
  readonly release: () => Promise<EngineProcess | null>;
}

const HEALTH_POLL = 10_000;
const HEALTH_LIMIT = 5_000;
/** An engine that has not answered for about a minute, and did nothing meanwhile, hangs. */
const SILENCES_BEFORE_KILL = 5;
/** One that works that long without an answer, half an hour about, will not find out of it. */
const BUSY_SILENCES_BEFORE_KILL = 120;
/** In ticks of 10 ms: a tenth of a second in ten is work, less is waking up now and then. */
const LEAST_ACTIVITY = 10;
const FIRST_RETRY = 1_000;
const LONGEST_RETRY = 15_000;

/**
 * Starts the engine again whenever it ends or hangs, with growing delays, until released. With `null`
 * for the process it starts with starting. Needs the owner lock.
 */
export function keepAlive(engine: EngineProcess | null, options: KeepAliveOptions): Keeper {
  const { folder, log, onEvent } = options;
  const released = new AbortController();
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
      if (released.signal.aborted) return;
      current = null;
      const { delay, blamesData } = history.note(how, startedAt, Date.now());
      log.warn(`检索引擎退出了（${how}），${delay / 1000} 秒后重新启动。`);
      onEvent({ type: 'restarting', reason: how });
      revival = revive(delay, blamesData).catch(reportUnlessReleased);
    });
  };

  const revive = async (delay: number, blamesData: boolean) => {
    const { signal } = released;
    await sleep(delay, undefined, { signal });
    if (blamesData && hasSpace(folder))
      requestDiscard(folder, '检索引擎反复崩溃，数据很可能已损坏');
    for (let pause = FIRST_RETRY; ; pause = Math.min(pause * 2, LONGEST_RETRY)) {
      try {
        const binary = await options.findBinary();
        const started = await startEngine({ ...options, binary, signal });
        watch(started.process);
        log.info('检索引擎已重新启动。');
        if (started.startedEmpty) onEvent({ type: 'index-lost' });
        onEvent({ type: 'ready' });
        return;
      } catch (error) {
        // Nobody waits for this; whatever it was, the next attempt may work.
        if (signal.aborted) return;
        log.error(`${describe(error)}；${pause / 1000} 秒后再试。`);
      }
      await sleep(pause, undefined, { signal });
    }
  };

  const reportUnlessReleased = (error: unknown) => {
    if (!released.signal.aborted) log.error(`检索引擎的看护出错：${describe(error)}`);
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
      return current;
    },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
