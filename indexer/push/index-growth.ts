import { z } from 'zod';
import { countChangesAfter } from '../store/changes.ts';
import { prepared, type Store } from '../store/database.ts';
import { isBusy } from '../store/write-store.ts';
import { growingIndex, type IndexRecord } from './index-registry.ts';

const KEY = 'index-growth';
const recordSchema = z.object({ uid: z.string(), percent: z.int() });

/** How much of a new index is made, of 100; null when none is being made. Every process on the store knows it. */
export function growth(store: Store): number | null {
  const index = growingIndex(store);
  if (index === null) return null;
  const row = prepared<[string], { value: string }>(
    store,
    'SELECT value FROM meta WHERE key = ?',
  ).get(KEY);
  const noted = row === undefined ? null : recordSchema.parse(JSON.parse(row.value));
  return noted?.uid === index.uid ? noted.percent : followed(store, index);
}

function followed(store: Store, { appliedSeq }: IndexRecord): number {
  const total = countChangesAfter(store, 0);
  if (total === 0) return 100;
  return Math.floor((1 - countChangesAfter(store, appliedSeq) / total) * 100);
}

/**
 * Notes how an index grows: a change is half done when its document is built, and done when the engine has
 * it. The engine gets nearly all in one go, so that what it has followed tells nothing until the end.
 */
export function createGrowthRecord(store: Store, index: IndexRecord) {
  const isGrowing = growingIndex(store)?.uid === index.uid;
  const left = isGrowing ? countChangesAfter(store, index.appliedSeq) : 0;
  const all = isGrowing ? countChangesAfter(store, 0) : 0;
  let percent = -1;

  /** Of the changes that were left, how many are built and how many the engine has. */
  return function note(built: number, taken: number): void {
    if (!isGrowing) return;
    // While articles come in, there are more to do than there were.
    const toDo = Math.max(1, left, built);
    const done = 1 - (2 * toDo - built - taken) / (2 * Math.max(all, toDo));
    // The last hundredth is that it is looked at and begins to answer.
    const now = Math.min(99, Math.max(percent, Math.floor(done * 100)));
    if (now <= percent) return;
    try {
      store
        .prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)')
        .run(KEY, JSON.stringify({ uid: index.uid, percent: now }));
      percent = now;
    } catch (error) {
      // Another process writes; the next step is soon enough.
      if (!isBusy(error)) throw error;
    }
  };
}
