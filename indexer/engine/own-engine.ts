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
import { hasSpace, isDiscardRequested, requestDiscard } from './engine-database.ts';
import { EngineError } from './engine-error.ts';
import type { EngineFolder } from './engine-folder.ts';
import {
  readKey,
  readOrCreateKey,
  readRecord,
  tryFollowerLock,
  tryLeaderLock,
  tryLockOutFollowers,
} from './engine-folder.ts';
import { askVersion } from './engine-health.ts';
import type { EngineProcess } from './engine-process.ts';
import { engineUrl, stopProcess } from './engine-process.ts';
import { adoptRunning, startEngine, stopEngines } from './engine-start.ts';
import type { SupervisorOptions } from './engine-supervisor.ts';
import { superviseEngine } from './engine-supervisor.ts';
import { isRunning } from './process-identity.ts';

export interface OwnEngine {
  readonly port: number;
  readonly version: string;
  readonly masterKey: string;
  readonly startedEmpty: boolean;
  readonly stop: () => Promise<void>;
}

type OwnEngineOptions = Omit<SupervisorOptions, 'masterKey' | 'port'>;
type FoundEngine = Omit<OwnEngine, 'stop'>;

const OPEN_LIMIT = 60_000;
const DISCARD_LIMIT = 60_000;

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
      const found = await findRunning(folder);
      if (found !== null) {
        log.info('检索引擎已由另一个进程启动，共同使用。');
        return supervised(followerLock, null, found, options);
      }
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
    const { process, ...engine } =
      running ??
      (await startEngine({
        ...options,
        masterKey,
        binary: await findBinary(),
        port: null,
        signal,
      }));
    return supervised(lock, process, { ...engine, masterKey, port: process.port }, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function supervised(
  lock: ProcessLock,
  process: EngineProcess | null,
  found: FoundEngine,
  options: OwnEngineOptions,
): OwnEngine {
  const release = superviseEngine(lock, process, { ...options, ...found });
  return {
    ...found,
    async stop() {
      await release();
      await stopUnlessUsed(options);
    },
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

/** The engine that another process looks after, when it answers. */
async function findRunning(folder: EngineFolder): Promise<FoundEngine | null> {
  const record = readRecord(folder);
  const masterKey = readKey(folder);
  if (record === null || masterKey === null || !isRunning(record)) return null;
  const { port } = record;
  const answer = await askVersion(engineUrl(port), masterKey, 2_000);
  if (answer.type !== 'version') return null;
  return { port, version: answer.version, masterKey, startedEmpty: false };
}

/**
 * Has the data moved aside and the engine started empty, by whichever process looks after it; returns
 * when it answers again. Events tell all processes that the index is lost.
 * @throws EngineError `busy` when that takes longer than a minute, `data-dir` when the disk is full, which
 * looks like damaged data.
 */
export async function discardEngineData(folder: EngineFolder, reason: string): Promise<void> {
  if (!hasSpace(folder))
    throw new EngineError(
      'data-dir',
      `磁盘已满或配额用完，检索引擎写不进数据（${folder.root}）。请腾出空间，之后会自动恢复。`,
    );
  requestDiscard(folder, reason);
  const record = readRecord(folder);
  if (record !== null) await stopProcess(record);
  const deadline = Date.now() + DISCARD_LIMIT;
  while (isDiscardRequested(folder) || (await findRunning(folder)) === null) {
    if (Date.now() > deadline)
      throw new EngineError(
        'busy',
        `检索引擎的数据清空后没有及时重新启动，详见 ${folder.logFile}。`,
      );
    await sleep(100);
  }
}
