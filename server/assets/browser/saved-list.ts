import { phrase } from './phrase.ts';
import { announce } from './announce.ts';
import { orNull } from './request-failure.ts';
import { readNews } from './saved-api.ts';
import { drawSearch } from './saved-item.ts';
import { addOpmlTools } from './saved-opml.ts';
import { isOwnedSearch, keepSearch, markSeen, ownedSearches } from './saved-store.ts';

/** On the page that tells the token: keeps it in this browser. */
export function keepCreatedSearch(): void {
  const created = document.querySelector<HTMLElement>('#created');
  if (created === null) return;
  const search: unknown = Object.fromEntries(Object.entries(created.dataset));
  if (isOwnedSearch(search) && keepSearch(search)) announce(phrase('口令已保存在这个浏览器里'));
}

/** Draws the list of searches that this browser owns. */
export function showSavedSearches(): void {
  const place = document.querySelector('#saved-list');
  if (place === null) return;
  const searches = ownedSearches();
  if (searches.length === 0) {
    const none = document.createElement('p');
    none.className = 'notice';
    none.textContent = phrase('这个浏览器还没有保存过检索。');
    place.replaceChildren(none);
  } else {
    const list = document.createElement('ul');
    list.className = 'saved';
    for (const search of searches) {
      const item = document.createElement('li');
      drawSearch(item, search);
      list.append(item);
    }
    place.replaceChildren(list);
  }
  addOpmlTools(place, showSavedSearches);
}

/** On a result page: whoever opened a search of their own, by whatever link, has looked at its news. */
export async function noteLookedAt(): Promise<void> {
  const query = location.search.slice(1);
  const looked = ownedSearches().filter((search) => search.query === query);
  for (const search of looked) {
    const news = await orNull(readNews(search));
    if (news !== null) markSeen(search.id, news.arrived);
  }
}
