import { dirname } from 'node:path';
import type { Store } from '../store/database.ts';
import { tryLock, waitForLock } from '../core/process-lock.ts';
import { growingIndex } from './index-registry.ts';

const LOCK = 'build';

/** Does the work of making a new index, which other processes of this DATA_DIR can see meanwhile. */
export async function underBuildLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  // Held by nobody for longer than a look, for there is one builder at a time.
  const lock = await waitForLock(dataDir, LOCK, () => undefined);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Whether a new index is being made, by whatever process. One half made may also be left by a dead one. */
export function isBeingBuilt(store: Store): boolean {
  if (growingIndex(store) === null) return false;
  const lock = tryLock(dirname(store.name), LOCK);
  lock?.release();
  return lock === null;
}
