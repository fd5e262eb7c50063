import Database from 'better-sqlite3';
import type { Store } from '../../../indexer/store/database.ts';

/** How often another process could write before the work was done. */
export async function writesBeside(store: Store, work: Promise<unknown>): Promise<number> {
  const other = new Database(store.name, { timeout: 0 });
  const state = { isDone: false };
  void work.finally(() => (state.isDone = true));
  let writes = 0;
  while (!state.isDone) {
    other.exec('BEGIN IMMEDIATE');
    other.exec('ROLLBACK');
    writes += 1;
    await new Promise(setImmediate);
  }
  other.close();
  return writes;
}
