import { dirname } from 'node:path';
import { tryLock, waitForLock } from '../core/process-lock.ts';
import { prepared, storeId, type Store } from '../store/database.ts';
import { followsTheseRules } from './index-fingerprint.ts';

/** An index in the engine, as the store knows it. */
export interface IndexRecord {
  readonly uid: string;
  /** What its documents were made with; see {@link indexFingerprint}. */
  readonly fingerprint: string;
  /** All changes up to this number are in it. */
  readonly appliedSeq: number;
}

function selectIndex(store: Store, condition: string, ...values: string[]): IndexRecord | null {
  const sql = `SELECT uid, fingerprint, applied_seq AS appliedSeq FROM indexes WHERE ${condition} LIMIT 1`;
  return prepared<string[], IndexRecord>(store, sql).get(...values) ?? null;
}

/** The index that searches can be put to: null before the first one is complete, or one of this program's rules. */
export function searchableIndex(store: Store): IndexRecord | null {
  const index = activeIndex(store);
  return index !== null && followsTheseRules(index.fingerprint) ? index : null;
}

/** The index that was completed last, by whatever rules, or null before the first one is. */
export function activeIndex(store: Store): IndexRecord | null {
  return selectIndex(store, 'active = 1');
}

/** The index that is being built, or null. */
export function growingIndex(store: Store): IndexRecord | null {
  return selectIndex(store, 'active = 0');
}

export function findIndex(store: Store, uid: string): IndexRecord | null {
  return selectIndex(store, 'uid = ?', uid);
}

/** When the index that answers searches was begun; null before there is one. */
export function activeIndexMadeAt(store: Store): Date | null {
  const row = store
    .prepare<[], { madeAt: string }>('SELECT created_at AS madeAt FROM indexes WHERE active = 1')
    .get();
  return row === undefined ? null : new Date(row.madeAt);
}

/** Records a new, empty index under a name no other store and no earlier index has. Call inside a transaction. */
export function registerIndex(store: Store, prefix: string, fingerprint: string): IndexRecord {
  const n = store
    .prepare<[], { value: string }>(
      `INSERT INTO meta VALUES ('index-count', '1')
       ON CONFLICT (key) DO UPDATE SET value = value + 1 RETURNING value`,
    )
    .get()!.value;
  const uid = `${prefix}-${storeId(store)}-${n}`;
  store
    .prepare('INSERT INTO indexes VALUES (?, ?, 0, 0, ?)')
    .run(uid, fingerprint, new Date().toISOString());
  return { uid, fingerprint, appliedSeq: 0 };
}

/** Notes that all changes up to `seq` are in the index. */
export function recordApplied(store: Store, uid: string, seq: number): void {
  store.prepare('UPDATE indexes SET applied_seq = max(applied_seq, ?) WHERE uid = ?').run(seq, uid);
}

/** Notes that the index is now made with other settings. */
export function recordFingerprint(store: Store, uid: string, fingerprint: string): void {
  store.prepare('UPDATE indexes SET fingerprint = ? WHERE uid = ?').run(fingerprint, uid);
}

/**
 * From now on searches go to this index. The one that answered them before is retired: searches under
 * way still ask it, so it is removed from the engine a little later, by whoever comes by. Call inside a transaction.
 */
export function activateIndex(store: Store, uid: string): void {
  const former = activeIndex(store);
  if (former !== null && former.uid !== uid)
    store
      .prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)')
      .run(RETIRED + former.uid, String(Date.now()));
  store.prepare('DELETE FROM indexes WHERE active = 1').run();
  store.prepare('UPDATE indexes SET active = 1 WHERE uid = ?').run(uid);
}

const RETIRED = 'retired-index:';

/** The indexes that were retired `age` milliseconds ago or longer. */
export function retiredIndexes(store: Store, age: number): string[] {
  return store
    .prepare<[string, number], { key: string }>(
      'SELECT key FROM meta WHERE key GLOB ? AND CAST(value AS INTEGER) <= ?',
    )
    .all(`${RETIRED}*`, Date.now() - age)
    .map(({ key }) => key.slice(RETIRED.length));
}

/** Forgets an index that is gone from the engine. */
export function forgetIndex(store: Store, uid: string): void {
  store.prepare('DELETE FROM indexes WHERE uid = ?').run(uid);
  store.prepare('DELETE FROM meta WHERE key = ?').run(RETIRED + uid);
}

const BUILD_LOCK = 'build';

/** Does the work of making a new index, which other processes of this DATA_DIR can see meanwhile. */
export async function underBuildLock(dataDir: string, work: () => Promise<void>): Promise<void> {
  // Held by nobody for longer than a look, for there is one builder at a time.
  const lock = await waitForLock(dataDir, BUILD_LOCK, () => undefined);
  try {
    await work();
  } finally {
    lock.release();
  }
}

/** Whether a new index is being made, by whatever process. One half made may also be left by a dead one. */
export function isBeingBuilt(store: Store): boolean {
  if (growingIndex(store) === null) return false;
  const lock = tryLock(dirname(store.name), BUILD_LOCK);
  lock?.release();
  return lock === null;
}
