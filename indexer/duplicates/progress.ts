import type { Store } from '../store/database.ts';

/** Raise it when comparable text, shingles, bands or the rules of comparison change. */
const VERSION = '1';

/**
 * The change number up to which duplicates were handled. What an earlier version of the rules left
 * is dropped, and the number is 0.
 */
export function readProgress(store: Store): number {
  if (readMeta(store, 'duplicates-version') !== VERSION) {
    store.exec(
      `DELETE FROM duplicate_matches; DELETE FROM duplicate_members; DELETE FROM duplicate_prints`,
    );
    writeMeta(store, 'duplicates-version', VERSION);
    writeProgress(store, 0);
  }
  return Number(readMeta(store, 'duplicates-seq') ?? 0);
}

export function writeProgress(store: Store, seq: number): void {
  const value = String(seq);
  if (readMeta(store, 'duplicates-seq') !== value) writeMeta(store, 'duplicates-seq', value);
}

function readMeta(store: Store, key: string): string | undefined {
  return store.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?').get(key)
    ?.value;
}

function writeMeta(store: Store, key: string, value: string): void {
  store
    .prepare(
      'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    )
    .run(key, value);
}
