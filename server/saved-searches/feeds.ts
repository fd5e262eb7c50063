import { Feed } from 'feed';
import type { SavedSearchResponse } from '../api/saved-search-schema.ts';
import { SITE_NAME } from '../html/labels.ts';
import { escapeHtml } from '../html/safe-html.ts';
import { articleUrl } from '../search/answer-search.ts';
import type { ArrivedArticle } from './matches.ts';

export const MAX_ENTRIES = 50;
const SUMMARY_LENGTH = 200;

export interface WrittenFeed {
  readonly body: string;
  readonly contentType: string;
  readonly updated: Date;
}

/**
 * The latest arrivals of a saved search as a feed. An entry is named by the article's id, whatever
 * address the service has, and dated by the article's arrival: most readers sort by date, and a page
 * of 1998 that came in today would otherwise never be seen.
 */
export function writeFeed(
  format: 'atom' | 'json',
  saved: SavedSearchResponse,
  latest: readonly ArrivedArticle[],
  address: string,
): WrittenFeed {
  const plain = format === 'atom' ? atomText : printable;
  // Atom titles are written as HTML, those of JSON Feed as text.
  const title = format === 'atom' ? (text: string) => escapeHtml(printable(text)) : printable;
  const times = [saved.updatedAt, ...latest.map(({ arrival }) => arrival.at)].map(Date.parse);
  const updated = new Date(Math.max(...times));
  const feed = new Feed({
    id: `urn:park-news:saved-search:${saved.id}`,
    title: plain(saved.name),
    description: plain(`${SITE_NAME}：${saved.name}`),
    link: saved.link,
    updated,
    feedLinks: { atom: saved.feedAtom, json: saved.feedJson },
    feed: format === 'atom' ? saved.feedAtom : saved.feedJson,
    author: { name: SITE_NAME, link: address },
  });
  for (const { article, arrival } of latest) {
    const arrived = new Date(arrival.at);
    feed.addItem({
      id: `urn:park-news:article:${encodeURIComponent(article.id)}`,
      title: title(article.title),
      link: `${address}${articleUrl(article.id)}`,
      date: arrived,
      published: arrived,
      description: escapeHtml(
        printable(`${printedIn(article)}${article.text.slice(0, SUMMARY_LENGTH)}`),
      ),
      ...(article.source === null ? {} : { author: [{ name: plain(article.source) }] }),
    });
  }
  return format === 'atom'
    ? { body: feed.atom1(), contentType: 'application/atom+xml; charset=utf-8', updated }
    : { body: feed.json1(), contentType: 'application/feed+json; charset=utf-8', updated };
}

/** `〔贵阳日报 2022-03-01〕` */
function printedIn({ source, date }: ArrivedArticle['article']): string {
  const print = [source, date].filter((part) => part !== null).join(' ');
  return print === '' ? '' : `〔${print}〕`;
}

/** Without the characters that XML does not allow. */
function printable(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}

/** The writer takes `&amp;` in a text for an ampersand that was escaped before. */
function atomText(text: string): string {
  return printable(text).replaceAll('&', '&amp;');
}
