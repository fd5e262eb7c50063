import { Feed } from 'feed';
import type { SearchHit } from '../api/search-schema.ts';
import type { SavedSearchResponse } from '../api/saved-search-schema.ts';

const MAX_ENTRIES = 50;

export interface FeedEntry {
  readonly hit: SearchHit;
  readonly text: string;
}

/** The newest articles of a saved search as a feed; entries are named by article id, so none comes twice. */
export function savedSearchFeed(
  saved: SavedSearchResponse,
  entries: readonly FeedEntry[],
  address: string,
): Feed {
  const feed = new Feed({
    id: saved.link,
    title: saved.name,
    description: `园区新闻检索：${saved.name}`,
    link: saved.link,
    language: 'zh-CN',
    copyright: '',
    updated: new Date(latestDate(entries) ?? saved.updatedAt),
    feedLinks: { atom: saved.feedAtom, json: saved.feedJson },
    author: { name: '园区新闻检索', link: address },
  });
  for (const { hit, text } of entries.slice(0, MAX_ENTRIES)) {
    const url = `${address}${hit.url}`;
    const date = new Date(firstInstant(hit.date) ?? saved.createdAt);
    feed.addItem({
      id: url,
      title: hit.title,
      link: url,
      date,
      published: date,
      description: text.slice(0, 200),
      ...(hit.source === null ? {} : { author: [{ name: hit.source }] }),
    });
  }
  return feed;
}

function latestDate(entries: readonly FeedEntry[]): string | undefined {
  const dates = entries.flatMap(({ hit }) => firstInstant(hit.date) ?? []);
  return dates.sort().at(-1);
}

/** `2022-03` → `2022-03-01T00:00:00+08:00`. */
function firstInstant(date: string | null): string | null {
  if (date === null) return null;
  const [year, month = '01', day = '01'] = date.split('-');
  return `${year}-${month}-${day}T00:00:00+08:00`;
}
