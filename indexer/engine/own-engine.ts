/**
 * Our own engine, one for each DATA_DIR, however many processes of ours use it.
 *
 * - The leader holds the leader lock: it starts, watches, restarts and stops the engine. All others are
 *   followers and hold a lock together. Both are kernel locks on open SQLite files, so a `kill -9`
 *   releases them at once and none is ever stale, in whatever container or after whatever reboot.
 * - The engine outlives its leader. A follower tries for the leader lock twice a second; when it gets it, it
 *   takes charge of the engine that runs (`engine.json`), or starts it again on the same port with the same
 *   key. A new process does the same when all others are gone.
 * - A leader that stops leaves the engine to its followers when there are any, and stops it otherwise. It
 *   locks followers out while stopping, so nobody attaches to an engine that is about to go.
 */
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessLock } from '../core/process-lock.ts';
import { EngineError } from './engine-error.ts';
import {
  readOrCreateKey,
  tryFollowerLock,
  tryLeaderLock,
  tryLockOutFollowers,
} from './engine-folder.ts';
import type { EngineProcess } from './engine-process.ts';
import { adoptRunning, startEngine, stopEngines } from './engine-start.ts';
import type { SupervisorOptions } from './engine-supervisor.ts';
import { superviseEngine } from './engine-supervisor.ts';
import type { RunningEngine } from './follow-engine.ts';
import { findRunning, followEngine } from './follow-engine.ts';
import { onProcessEnd, signalProcess } from './process-identity.ts';

export interface OwnEngine extends RunningEngine {
  readonly startedEmpty: boolean;
  readonly stop: () => Promise<void>;
}

type OwnEngineOptions = Omit<SupervisorOptions, 'masterKey' | 'port'>;

const OPEN_LIMIT = 60_000;

/**
 * Starts the engine of this folder, or attaches to the one that runs, and looks after it until `stop`.
 * @throws EngineError when it cannot be started, or `busy` when another process is not done with it.
 */
export async function openOwnEngine(options: OwnEngineOptions): Promise<OwnEngine> {
  const { folder, log } = options;
  const deadline = Date.now() + OPEN_LIMIT;
  for (let told = false; ; told = true) {
    const leaderLock = tryLeaderLock(folder);
    if (leaderLock !== null) return openAsLeader(leaderLock, options);
    const followerLock = tryFollowerLock(folder);
    if (followerLock !== null) {
      const running = await findRunning(folder);
      if (running !== null) return openAsFollower(followerLock, running, options);
      followerLock.release();
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

async function openAsLeader(lock: ProcessLock, options: OwnEngineOptions): Promise<OwnEngine> {
  const { folder, findBinary, log } = options;
  try {
    const masterKey = readOrCreateKey(folder);
    const running = await adoptRunning(folder, masterKey);
    if (running !== null) log.info('上次留下的检索引擎还在运行，继续使用。');
    const { signal } = new AbortController();
    const { process, version, startedEmpty } =
      running ??
      (await startEngine({
        ...options,
        masterKey,
        binary: await findBinary(),
        port: null,
        signal,
      }));
    const { port } = process;
    const stop = lead(lock, process, { ...options, masterKey, port });
    return { port, version, masterKey, startedEmpty, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openAsFollower(
  lock: ProcessLock,
  running: RunningEngine,
  options: OwnEngineOptions,
): OwnEngine {
  const { folder, log } = options;
  log.info('检索引擎已由另一个进程启动，共同使用。');
  let stopLeading: (() => Promise<void>) | null = null;
  const stopFollowing = followEngine({ ...options, ...running }, async (leaderLock) => {
    const found = await adoptRunning(folder, running.masterKey);
    stopLeading = lead(leaderLock, found?.process ?? null, { ...options, ...running });
    lock.release();
    log.info('看护检索引擎的进程已退出，由本进程接管。');
  });
  return {
    ...running,
    startedEmpty: false,
    async stop() {
      await stopFollowing();
      if (stopLeading !== null) return stopLeading();
      lock.release();
      await stopUnlessUsed(options);
    },
  };
}

/** Returns the function that ends our leadership; should we exit without calling it, the engine goes too. */
function lead(
  lock: ProcessLock,
  engine: EngineProcess | null,
  options: SupervisorOptions,
): () => Promise<void> {
  const supervisor = superviseEngine(engine, options);
  const cancel = onProcessEnd(() => {
    const running = supervisor.current();
    if (running !== null && tryLockOutFollowers(options.folder) !== null)
      signalProcess(running.identity.pid, 'SIGTERM');
  });
  return async () => {
    await supervisor.release();
    lock.release();
    await stopUnlessUsed(options);
    cancel();
  };
}

/**
 * Stops the engine when neither leader nor followers are left; called by each of them once its own lock is
 * released. One of two that go at the same moment may find the lock of the other still held; so who has
 * let go of the leader lock looks at the followers once more: they were there, or the engine is stopped.
 */
async function stopUnlessUsed({
  folder,
  log,
}: Pick<OwnEngineOptions, 'folder' | 'log'>): Promise<void> {
  for (;;) {
    const leaderLock = tryLeaderLock(folder);
    if (leaderLock === null) return;
    const followersOut = tryLockOutFollowers(folder);
    try {
      if (followersOut !== null) {
        await stopEngines(folder);
        rmSync(folder.recordFile, { force: true });
        return;
      }
    } finally {
      followersOut?.release();
      leaderLock.release();
    }
    const nobody = tryLockOutFollowers(folder);
    if (nobody === null) {
      log.info('还有别的进程在使用检索引擎，让它继续运行。');
      return;
    }
    nobody.release();
  }
}
