import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { makeFolder, makePrivate } from './data-dir.ts';

export interface ProcessLock {
  readonly release: () => void;
}

/**
 * Takes the named lock of a DATA_DIR, or returns null when another process holds it.
 * The lock is an open SQLite transaction: the operating system lets go of it when its owner dies in
 * whatever way, so no lock is ever stale.
 */
export function tryLock(dataDir: string, name: string): ProcessLock | null {
  makeFolder(dataDir);
  const path = join(dataDir, `${name}.lock`);
  makePrivate(path);
  return lockFile(path, (file) => file.exec('BEGIN EXCLUSIVE'));
}

/** The transaction that `begin` opens in the file at that path, kept until release; null when another is in its way. */
export function lockFile(
  path: string,
  begin: (file: Database.Database) => unknown,
): ProcessLock | null {
  const file = new Database(path, { timeout: 0 });
  try {
    begin(file);
  } catch (error) {
    file.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return {
    release() {
      file.exec('ROLLBACK');
      file.close();
    },
  };
}

/** Waits for the named lock; `onWait` is told once when it has to. */
export async function waitForLock(
  dataDir: string,
  name: string,
  onWait: () => void,
  signal?: AbortSignal,
): Promise<ProcessLock> {
  let told = false;
  for (;;) {
    const lock = tryLock(dataDir, name);
    if (lock !== null) return lock;
    if (!told) onWait();
    told = true;
    await sleep(100, undefined, signal === undefined ? {} : { signal });
  }
}
