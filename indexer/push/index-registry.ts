import { prepared, type Store } from '../store/database.ts';
import { storeId } from '../store/database.ts';
import { followsTheseRules } from './index-fingerprint.ts';

/** An index in the engine, as the store knows it. */
export interface IndexRecord {
  readonly uid: string;
  /** What its documents were made with; see {@link indexFingerprint}. */
  readonly fingerprint: string;
  /** All changes up to this number are in it. */
  readonly appliedSeq: number;
}

const COLUMNS = 'uid, fingerprint, applied_seq AS appliedSeq';

/** The index that searches can be put to: null before the first one is whole, or one of this program's rules. */
export function searchableIndex(store: Store): IndexRecord | null {
  const index = activeIndex(store);
  return index !== null && followsTheseRules(index.fingerprint) ? index : null;
}

/** The index that was made whole last, by whatever rules, or null before the first one is. */
export function activeIndex(store: Store): IndexRecord | null {
  return (
    prepared<[], IndexRecord>(store, `SELECT ${COLUMNS} FROM indexes WHERE active = 1`).get() ??
    null
  );
}

/** The index that is being built, or null. */
export function growingIndex(store: Store): IndexRecord | null {
  return (
    prepared<[], IndexRecord>(
      store,
      `SELECT ${COLUMNS} FROM indexes WHERE active = 0 LIMIT 1`,
    ).get() ?? null
  );
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

/** When the index that answers searches was begun; null before there is one. */
export function activeIndexMadeAt(store: Store): Date | null {
  const row = store
    .prepare<[], { madeAt: string }>('SELECT created_at AS madeAt FROM indexes WHERE active = 1')
    .get();
  return row === undefined ? null : new Date(row.madeAt);
}
