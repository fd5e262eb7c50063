import { join } from 'node:path';
import type { ProcessLock } from '../core/process-lock.ts';
import { lockFile, tryLock, waitForLock } from '../core/process-lock.ts';
import type { EngineFolder } from './engine-folder.ts';

/** One process at a time may start, restart and stop the engine of a folder. Null: another one does. */
export function tryOwnerLock(folder: EngineFolder): ProcessLock | null {
  return tryLock(folder.root, 'owner');
}

/** Held by each process that uses the engine without owning it. Null: the owner is just stopping. */
export function tryGuestLock(folder: EngineFolder): ProcessLock | null {
  return lockFile(join(folder.root, 'guests.lock'), (file) => {
    file.exec('BEGIN');
    // SQLite takes the shared lock with the first read, not with BEGIN.
    file.prepare('SELECT count(*) FROM sqlite_master').get();
  });
}

/** Keeps guests out while the engine is stopped. Null: there are guests, so it must go on running. */
export function tryLockOutGuests(folder: EngineFolder): ProcessLock | null {
  return tryLock(folder.root, 'guests');
}

/**
 * Waits until no other process is about to leave the engine, and keeps them from it meanwhile. Two that
 * look at once whether the other one stays would each find it there, and both would go.
 */
export function waitForLeaveLock(folder: EngineFolder): Promise<ProcessLock> {
  return waitForLock(folder.root, 'leave', () => undefined);
}
