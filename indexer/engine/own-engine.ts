/**
 * Our own engine, one for each DATA_DIR, however many processes of ours use it.
 *
 * - Whoever holds the lock `owner` starts, watches, restarts and stops the engine. The others are guests
 *   and hold the lock `guests` together. Both are kernel locks on open SQLite files, so a `kill -9`
 *   releases them at once and none is ever stale, in whatever container or after whatever reboot.
 * - The engine outlives its owner. A guest tries for the owner lock twice a second; when it gets it, it
 *   takes charge of the engine that runs (`engine.json`, or its command line), or starts it again on
 *   the same port with the same key. A new process does the same when all others are gone.
 * - An owner that stops leaves the engine to its guests when there are any, and stops it otherwise. It
 *   holds `guests` alone while stopping, so nobody attaches to an engine that is about to go. Processes
 *   leave one after the other, under the lock `leave`, so that the last one knows that it is the last.
 * - Two engines on one folder would not notice each other. So before one is started, under the owner
 *   lock, each process with that folder on its command line is stopped.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessLock } from '../core/process-lock.ts';
import type { EngineBinary } from './engine-binary.ts';
import { EngineError } from './engine-error.ts';
import type { EngineFolder } from './engine-folder.ts';
import { readOrCreateKey, removeRecord } from './engine-folder.ts';
import { tryGuestLock, tryLockOutGuests, tryOwnerLock, waitForLeaveLock } from './engine-locks.ts';
import type { EngineLog } from './engine-log.ts';
import type { EngineProcess } from './engine-process.ts';
import { stopProcess } from './engine-process.ts';
import { adoptOrphan, knownPort, startEngine } from './engine-start.ts';
import type { EngineListener } from './engine-state.ts';
import { watchAsGuest } from './guest-watch.ts';
import type { Keeper } from './keep-alive.ts';
import { keepAlive } from './keep-alive.ts';
import { onProcessEnd } from './process-end.ts';
import { signalProcess } from './process-identity.ts';
import type { RunningEngine } from './running-engine.ts';
import { findRunning } from './running-engine.ts';

export interface OwnEngineOptions {
  readonly folder: EngineFolder;
  /** Asked only when an engine must be started. */
  readonly findBinary: () => Promise<EngineBinary>;
  readonly lowMemory: boolean;
  readonly log: EngineLog;
  readonly onEvent: EngineListener;
}

export interface OwnEngine extends RunningEngine {
  readonly startedEmpty: boolean;
  readonly stop: () => Promise<void>;
}

const OPEN_LIMIT = 60_000;

/**
 * Starts the engine of this folder, or attaches to the one that runs, and looks after it until `stop`.
 * @throws EngineError when it cannot be started, or `busy` when another process is not done with it.
 */
export async function openOwnEngine(options: OwnEngineOptions): Promise<OwnEngine> {
  const { folder, log } = options;
  const deadline = Date.now() + OPEN_LIMIT;
  for (let told = false; ; told = true) {
    const ownerLock = tryOwnerLock(folder);
    if (ownerLock !== null) return openAsOwner(ownerLock, options);
    const guestLock = tryGuestLock(folder);
    if (guestLock !== null) {
      const found = await findRunning(folder);
      if (found !== null) return openAsGuest(guestLock, found, options);
      guestLock.release();
    }
    if (Date.now() > deadline)
      throw new EngineError(
        'busy',
        `另一个进程正在启动或停止 ${folder.root} 的检索引擎，等了 ${OPEN_LIMIT / 1000} 秒仍没有就绪，请稍后再试；原因见 ${folder.logFile}。`,
      );
    if (!told) log.info('另一个进程正在启动检索引擎，等它就绪…');
    await sleep(200);
  }
}

async function openAsOwner(lock: ProcessLock, options: OwnEngineOptions): Promise<OwnEngine> {
  const { folder, findBinary, log } = options;
  try {
    const masterKey = readOrCreateKey(folder);
    const orphan = await adoptOrphan(folder, masterKey);
    if (orphan !== null) log.info('上次留下的检索引擎还在运行，继续使用。');
    const { process, version, startedEmpty } =
      orphan ??
      (await startEngine({
        ...options,
        masterKey,
        binary: await findBinary(),
        port: await knownPort(folder),
        signal: new AbortController().signal,
      }));
    const { port } = process;
    const keeper = keepAlive(process, { ...options, masterKey, port });
    const stop = ownUntilStopped(lock, keeper, options);
    return { port, version, masterKey, startedEmpty, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openAsGuest(
  lock: ProcessLock,
  found: RunningEngine,
  options: OwnEngineOptions,
): OwnEngine {
  const { folder, log } = options;
  log.info('检索引擎已由另一个进程启动，共同使用。');
  let stopAsOwner: (() => Promise<void>) | null = null;
  const takeOver = async (ownerLock: ProcessLock) => {
    const orphan = await adoptOrphan(folder, found.masterKey);
    const keeper = keepAlive(orphan?.process ?? null, { ...options, ...found });
    stopAsOwner = ownUntilStopped(ownerLock, keeper, options);
    lock.release();
    log.info('看护检索引擎的进程已退出，由本进程接管。');
  };
  const watch = watchAsGuest({ ...options, port: found.port, takeOver });
  return {
    ...found,
    startedEmpty: false,
    async stop() {
      await watch.stop();
      if (stopAsOwner !== null) return stopAsOwner();
      const leaveLock = await waitForLeaveLock(folder);
      try {
        // The owner may have left the engine to us a moment ago.
        const ownerLock = tryOwnerLock(folder);
        lock.release();
        if (ownerLock === null) return;
        const orphan = await adoptOrphan(folder, found.masterKey);
        await leave(ownerLock, orphan?.process ?? null, options);
      } finally {
        leaveLock.release();
      }
    },
  };
}

/** Returns the function that ends our ownership; should we exit without calling it, the engine goes too. */
function ownUntilStopped(
  lock: ProcessLock,
  keeper: Keeper,
  options: OwnEngineOptions,
): () => Promise<void> {
  const onExit = () => {
    const engine = keeper.current();
    if (engine !== null && tryLockOutGuests(options.folder) !== null)
      signalProcess(engine.identity.pid, 'SIGTERM');
  };
  const cancel = onProcessEnd(onExit);
  return async () => {
    await keeper.release();
    const leaveLock = await waitForLeaveLock(options.folder);
    try {
      await leave(lock, keeper.current(), options);
      cancel();
    } finally {
      leaveLock.release();
    }
  };
}

/** Stops the engine, unless guests still use it: then one of them takes over. Needs the leave lock. */
async function leave(
  ownerLock: ProcessLock,
  engine: EngineProcess | null,
  { folder, log }: OwnEngineOptions,
): Promise<void> {
  const guestsOut = tryLockOutGuests(folder);
  try {
    if (guestsOut === null) {
      log.info('还有别的进程在使用检索引擎，让它继续运行。');
      return;
    }
    if (engine !== null) await stopProcess(engine);
    removeRecord(folder);
  } finally {
    guestsOut?.release();
    ownerLock.release();
  }
}
