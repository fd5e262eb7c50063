import { readStoredList, writeStoredList } from './stored-list.ts';
import { isRecord } from './record-check.ts';

const KEY = 'saved-searches';
const FIELDS = ['id', 'name', 'query', 'link', 'token'] as const;

/** A saved search that this browser may change. */
export type OwnedSearch = Readonly<Record<(typeof FIELDS)[number], string>>;

export function isOwnedSearch(item: unknown): item is OwnedSearch {
  return isRecord(item) && FIELDS.every((field) => typeof item[field] === 'string');
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

/** Asks the server to rename the search; false when it refuses. */
export async function renameOnServer(search: OwnedSearch, name: string): Promise<boolean> {
  const response = await change(search, 'PATCH', JSON.stringify({ name }));
  return response.ok;
}

/** Asks the server to delete the search, also while the page is being left; what is gone already counts as deleted. */
export async function deleteOnServer(search: OwnedSearch): Promise<boolean> {
  const response = await change(search, 'DELETE');
  return response.ok || response.status === 404;
}

function change(search: OwnedSearch, method: 'PATCH' | 'DELETE', body?: string): Promise<Response> {
  return fetch(`/api/saved-searches/${encodeURIComponent(search.id)}`, {
    method,
    keepalive: true,
    headers: {
      authorization: `Bearer ${search.token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  });
}
