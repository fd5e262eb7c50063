import { isRecord } from './answers.ts';
import { element, button, phrase } from './dom.ts';

/**
 * A list kept in this browser; what does not pass `check` is left out.
 * Empty where the browser keeps nothing for this site.
 */
function readStoredList<T>(key: string, check: (item: unknown) => item is T): T[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter(check) : [];
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Keeps the list; false where the browser does not allow it or is full. */
function writeStoredList(key: string, items: readonly unknown[]): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(items));
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

const RECENT = 'recent-searches';
const KEPT = 20;
const isText = (item: unknown): item is string => typeof item === 'string';

/** The searches made in this browser, latest first; they never leave it. */
export function recentSearches(): string[] {
  return readStoredList(RECENT, isText);
}

/** Puts a search at the head of the recent ones. */
export function rememberSearch(query: string): void {
  const trimmed = query.trim();
  if (trimmed === '' || trimmed.length > 200) return;
  const others = recentSearches().filter((other) => other !== trimmed);
  writeStoredList(RECENT, [trimmed, ...others].slice(0, KEPT));
}

/** Fills the place that the start page keeps for them. */
export function showRecentSearches(): void {
  const place = document.querySelector('#recent');
  if (place === null) return;
  const queries = recentSearches().slice(0, 8);
  if (queries.length === 0) return place.replaceChildren();
  const items = queries.map((query) => {
    const href = `/search?${new URLSearchParams({ q: query }).toString()}`;
    return element('li', {}, element('a', { href, dir: 'auto' }, query));
  });
  const clear = button(phrase('清除记录'), () => {
    writeStoredList(RECENT, []);
    place.replaceChildren();
  });
  const heading = element('h2', {}, phrase('最近检索'));
  place.replaceChildren(heading, element('ul', { className: 'tiles' }, ...items), clear);
}

const SAVED = 'saved-searches';
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
  return readStoredList(SAVED, isOwnedSearch);
}

/** Adds the search, or puts the changed one in its place. */
export function keepSearch(search: OwnedSearch): boolean {
  const kept = ownedSearches();
  const known = kept.some(({ id }) => id === search.id);
  const others = kept.map((other) => (other.id === search.id ? search : other));
  return writeStoredList(SAVED, known ? others : [search, ...kept]);
}

export function forgetSearch(id: string): void {
  writeStoredList(
    SAVED,
    ownedSearches().filter((search) => search.id !== id),
  );
}

/** Notes that everything up to that arrival number has been looked at. */
export function markSeen(id: string, arrived: number): void {
  const search = ownedSearches().find((one) => one.id === id);
  // The number may fall while the index catches up; what was seen stays seen.
  if (search !== undefined) keepSearch({ ...search, seen: Math.max(arrived, search.seen ?? 0) });
}
