import type { SearchRequest } from '../api/search-schema.ts';
import { articleHref } from '../html/search-links.ts';

/** An address that remembers the search, when there was one. */
export function openHref(url: string, request: SearchRequest | null): string {
  return request === null ? url : articleHref(url, request);
}

/** The raw page that an article was cut out of, its parts outlined. */
export function sourcePageHref(id: string, request: SearchRequest | null): string {
  return openHref(`/articles/${encodeURIComponent(id)}/page`, request);
}

/** A foreign address only when a click on it can do nothing but open a web page. */
export function httpAddress(address: string | null): string | null {
  return address !== null && /^https?:\/\//i.test(address) ? address : null;
}
