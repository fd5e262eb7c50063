import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { SqliteError } from 'better-sqlite3';
import type { Store } from './database.ts';

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 100;
/** Upkeep that cannot write for so long says so, and is tried again by whoever does it. */
const WAITS_MS = 60_000;

/** Another process has held the write lock all the time that there was to wait; the message is Chinese. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
}

export interface WriteOptions {
  /** Milliseconds to wait for the lock; a minute unless given. */
  readonly within?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes to the store in one transaction as soon as no other process writes; the only way in which the
 * service does. SQLite itself waits for its lock by sleeping, and with it everything that the process has
 * to answer: the service opens its store with `waits: 'briefly'` and waits here, where others have their turn.
 * Others have their turn after it too. What `write` does is undone when it throws.
 * @throws StoreBusyError after that time, what `write` throws, the signal's reason once it is aborted.
 */
export async function writeStore<T>(
  store: Store,
  write: () => T,
  { within = WAITS_MS, signal }: WriteOptions = {},
): Promise<T> {
  const transaction = store.transaction(write);
  const until = performance.now() + within;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      const written = transaction.immediate();
      await nextTurn();
      return written;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() >= until)
        throw new StoreBusyError('另一个程序一直在写文章库，这次没有写进去，请稍后再试', {
          cause: error,
        });
    }
    await sleep(pause, undefined, signal === undefined ? {} : { signal });
  }
}

/** Whether another process held the write lock. */
export function isBusy(error: unknown): boolean {
  return error instanceof SqliteError && error.code.startsWith('SQLITE_BUSY');
}
