import { phrase } from './phrase.ts';
import { readStoredList, writeStoredList } from './stored-list.ts';

const KEY = 'recent-searches';
const KEPT = 20;
const isText = (item: unknown): item is string => typeof item === 'string';

/** The searches made in this browser, latest first; they never leave it. */
export function recentSearches(): string[] {
  return readStoredList(KEY, isText);
}

/** Puts a search at the head of the recent ones. */
export function rememberSearch(query: string): void {
  const trimmed = query.trim();
  if (trimmed === '' || trimmed.length > 200) return;
  const others = recentSearches().filter((other) => other !== trimmed);
  writeStoredList(KEY, [trimmed, ...others].slice(0, KEPT));
}

/** Fills the place that the start page keeps for them. */
export function showRecentSearches(): void {
  const place = document.querySelector('#recent');
  if (place === null) return;
  const queries = recentSearches().slice(0, 8);
  if (queries.length === 0) return place.replaceChildren();
  const heading = document.createElement('h2');
  heading.textContent = phrase('最近检索');
  const list = document.createElement('ul');
  list.className = 'tiles';
  list.append(...queries.map(queryItem));
  const clear = document.createElement('button');
  clear.type = 'button';
  clear.textContent = phrase('清除记录');
  clear.addEventListener('click', () => {
    writeStoredList(KEY, []);
    place.replaceChildren();
  });
  place.replaceChildren(heading, list, clear);
}

function queryItem(query: string): HTMLLIElement {
  const link = document.createElement('a');
  link.href = `/search?${new URLSearchParams({ q: query }).toString()}`;
  link.dir = 'auto';
  link.textContent = query;
  const item = document.createElement('li');
  item.append(link);
  return item;
}
