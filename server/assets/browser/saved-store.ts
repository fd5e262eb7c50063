import { isRecord } from './record-check.ts';
import { readStoredList, writeStoredList } from './stored-list.ts';

const KEY = 'saved-searches';
const FIELDS = ['id', 'name', 'query', 'link', 'token'] as const;

/** A saved search that this browser may change, and how much of the corpus it had seen when it last looked. */
export interface OwnedSearch extends Readonly<Record<(typeof FIELDS)[number], string>> {
  /** An arrival number; absent: as when the search was saved. */
  readonly seen?: number;
}

export function isOwnedSearch(item: unknown): item is OwnedSearch {
  return (
    isRecord(item) &&
    FIELDS.every((field) => typeof item[field] === 'string') &&
    ['number', 'undefined'].includes(typeof item['seen'])
  );
}

/** Latest first. */
export function ownedSearches(): OwnedSearch[] {
  return readStoredList(KEY, isOwnedSearch);
}

/** Adds the search, or puts the changed one in its place. */
export function keepSearch(search: OwnedSearch): boolean {
  const kept = ownedSearches();
  const known = kept.some(({ id }) => id === search.id);
  const others = kept.map((other) => (other.id === search.id ? search : other));
  return writeStoredList(KEY, known ? others : [search, ...kept]);
}

export function forgetSearch(id: string): void {
  writeStoredList(
    KEY,
    ownedSearches().filter((search) => search.id !== id),
  );
}

/** Notes that everything up to that arrival number has been looked at. */
export function markSeen(id: string, arrived: number): void {
  const search = ownedSearches().find((one) => one.id === id);
  // The number may fall while the index catches up; what was seen stays seen.
  if (search !== undefined) keepSearch({ ...search, seen: Math.max(arrived, search.seen ?? 0) });
}
