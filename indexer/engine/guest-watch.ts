import type { ProcessLock } from '../core/process-lock.ts';
import type { EngineFolder } from './engine-folder.ts';
import { databaseIdentity } from './engine-database.ts';
import { readRecord } from './engine-folder.ts';
import { isHealthy } from './engine-health.ts';
import { tryOwnerLock } from './engine-locks.ts';
import type { EngineLog } from './engine-log.ts';
import { engineUrl } from './engine-process.ts';
import type { EngineListener } from './engine-state.ts';
import { isRunning } from './process-identity.ts';

export interface GuestWatch {
  /** Ends the watch; a take-over that has begun is finished first. */
  readonly stop: () => Promise<void>;
}

const POLL = 500;

export interface GuestOptions {
  readonly folder: EngineFolder;
  readonly port: number;
  readonly log: EngineLog;
  readonly onEvent: EngineListener;
  /** Given the owner lock when the process that had it is gone; when it rejects we try again later. */
  readonly takeOver: (ownerLock: ProcessLock) => Promise<void>;
}

/**
 * Follows an engine that another process looks after: tells when it goes and comes back, with its data
 * or without, and takes over, once, when that process is gone.
 */
export function watchAsGuest(options: GuestOptions): GuestWatch {
  const { folder, port, log, onEvent, takeOver } = options;
  let ready = true;
  let database = databaseIdentity(folder);
  let look: Promise<void> | null = null;

  const lookOnce = async () => {
    const ownerLock = tryOwnerLock(folder);
    if (ownerLock !== null) {
      try {
        await takeOver(ownerLock);
        clearInterval(timer);
      } catch (error) {
        ownerLock.release();
        throw error;
      }
      return;
    }
    const record = readRecord(folder);
    const runs = record !== null && record.port === port && isRunning(record);
    if (ready && !runs) {
      ready = false;
      onEvent({ type: 'restarting', reason: '引擎退出，等看护它的进程重新启动' });
    }
    if (!runs || (!ready && !(await isHealthy(engineUrl(port), 2_000)))) return;
    // It may have gone and come back between two looks, so this is compared each time.
    const found = databaseIdentity(folder);
    if (found !== database) onEvent({ type: 'index-lost' });
    database = found;
    if (!ready) onEvent({ type: 'ready' });
    ready = true;
  };
  const timer = setInterval(() => {
    look ??= lookOnce()
      .catch((error: unknown) => {
        log.error(
          `共同使用的检索引擎看护出错：${error instanceof Error ? error.message : String(error)}`,
        );
      })
      .finally(() => {
        look = null;
      });
  }, POLL);
  timer.unref();

  return {
    async stop() {
      clearInterval(timer);
      await look;
    },
  };
}
