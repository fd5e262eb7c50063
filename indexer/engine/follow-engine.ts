import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessLock } from '../core/process-lock.ts';
import {
  databaseIdentity,
  hasSpace,
  isDiscardRequested,
  requestDiscard,
} from './engine-database.ts';
import { EngineError } from './engine-error.ts';
import type { EngineFolder } from './engine-folder.ts';
import { readKey, readRecord, tryLeaderLock } from './engine-folder.ts';
import { askVersion, isHealthy } from './engine-health.ts';
import { engineUrl, stopProcess } from './engine-process.ts';
import type { SupervisorOptions } from './engine-supervisor.ts';
import { isRunning } from './process-identity.ts';

/** What one must know of our engine to use it. */
export interface RunningEngine {
  readonly port: number;
  readonly version: string;
  readonly masterKey: string;
}

const FOLLOW_POLL = 500;
const DISCARD_LIMIT = 60_000;

/**
 * Follows an engine that another process looks after: tells when it goes and comes back, with its data
 * or without, and takes over, once, when that process is gone; a take-over that fails is tried again.
 * Returns the function that ends this, after a take-over that has begun.
 */
export function followEngine(
  { folder, port, log, onEvent }: Pick<SupervisorOptions, 'folder' | 'port' | 'log' | 'onEvent'>,
  takeOver: (leaderLock: ProcessLock) => Promise<void>,
): () => Promise<void> {
  let isReady = true;
  let database = databaseIdentity(folder);
  let look: Promise<void> | null = null;

  const lookOnce = async () => {
    const leaderLock = tryLeaderLock(folder);
    if (leaderLock !== null) {
      try {
        await takeOver(leaderLock);
        clearInterval(timer);
      } catch (error) {
        leaderLock.release();
        throw error;
      }
      return;
    }
    const record = readRecord(folder);
    const runs = record !== null && record.port === port && isRunning(record);
    if (isReady && !runs) {
      isReady = false;
      onEvent({ type: 'restarting', reason: '引擎退出，等看护它的进程重新启动' });
    }
    if (!runs || (!isReady && !(await isHealthy(engineUrl(port), 2_000)))) return;
    // It may have gone and come back between two looks, so this is compared each time.
    const found = databaseIdentity(folder);
    if (found !== database) onEvent({ type: 'index-lost' });
    database = found;
    if (!isReady) onEvent({ type: 'ready' });
    isReady = true;
  };
  const timer = setInterval(() => {
    look ??= lookOnce()
      .catch((error: unknown) => {
        log.error(`共同使用的检索引擎看护出错：${(error as Error).message}`);
      })
      .finally(() => {
        look = null;
      });
  }, FOLLOW_POLL);
  timer.unref();

  return async () => {
    clearInterval(timer);
    await look;
  };
}

/** The engine that another process looks after, when it answers. */
export async function findRunning(folder: EngineFolder): Promise<RunningEngine | null> {
  const record = readRecord(folder);
  const masterKey = readKey(folder);
  if (record === null || masterKey === null || !isRunning(record)) return null;
  const { port } = record;
  const answer = await askVersion(engineUrl(port), masterKey, 2_000);
  return answer.type === 'version' ? { port, version: answer.version, masterKey } : null;
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
