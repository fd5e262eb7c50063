import { countChangesAfter } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import { growingIndex } from './index-registry.ts';

/** How much of the store a new index has followed, of 100; null when none is being made. */
export function growth(store: Store): number | null {
  const index = growingIndex(store);
  if (index === null) return null;
  const total = countChangesAfter(store, 0);
  if (total === 0) return 100;
  return Math.floor((1 - countChangesAfter(store, index.appliedSeq) / total) * 100);
}
