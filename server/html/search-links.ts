import type { ExportFormat } from '../../indexer/documents/export-formats.ts';
import { FACETS, type FacetName, type SearchRequest } from '../api/search-schema.ts';

export const EMPTY_REQUEST: SearchRequest = {
  q: '',
  park: [],
  province: [],
  type: [],
  source: [],
  year: [],
  month: [],
  kind: [],
  from: undefined,
  to: undefined,
  sort: 'relevance',
  page: 1,
  size: 10,
  literal: [],
};

/** Name and value of every parameter that differs from its default, in the order of the defaults. */
export function changedFields<Request extends object>(
  request: Partial<Request>,
  defaults: Request,
): [string, string][] {
  return (Object.keys(defaults) as (keyof Request & string)[]).flatMap((name) => {
    const value = request[name];
    if (Array.isArray(value)) return value.map((one): [string, string] => [name, String(one)]);
    return value === undefined || value === defaults[name] ? [] : [[name, String(value)]];
  });
}

/** Name and value of every parameter of a search that differs from its default, in one fixed order. */
export function requestFields(request: SearchRequest): [string, string][] {
  return changedFields(request, EMPTY_REQUEST);
}

/** The shortest query string that `searchRequestSchema` reads back as the same request; no leading `?`. */
export function serializeRequest(request: SearchRequest): string {
  return new URLSearchParams(requestFields(request)).toString();
}

/** Characters of a search's address from which on it is not to stand in every link of a page. */
const LONGEST_IN_LINKS = 2_000;

/** Whether a search, or the query string of one, is too long to stand in every link of a page. */
export function isTooLongForLinks(search: SearchRequest | string): boolean {
  const query = typeof search === 'string' ? search : serializeRequest({ ...search, page: 1 });
  return query.length > LONGEST_IN_LINKS;
}

/** Address of the search page for a request; `changes` go on top and lead back to page 1 unless they name a page. */
export function searchHref(request: SearchRequest, changes: Partial<SearchRequest> = {}): string {
  return withQuery('/search', serializeRequest({ ...request, page: 1, ...changes }));
}

/** The request with a facet value switched on or off, on its first page. */
export function toggleFacet(
  request: SearchRequest,
  facet: FacetName,
  value: string,
): SearchRequest {
  const chosen: readonly string[] = request[facet];
  const values = chosen.includes(value)
    ? chosen.filter((other) => other !== value)
    : [...chosen, value];
  return { ...request, page: 1, [facet]: values };
}

/**
 * Addresses of the search page with one more value of a facet, or without one that is chosen; for hundreds
 * of values of one request, of which what stands before and after the value is written once.
 */
export function toggleHrefs(request: SearchRequest, facet: FacetName): (value: string) => string {
  const fields = requestFields({ ...request, page: 1 });
  const before: readonly string[] = ['q', ...FACETS.slice(0, FACETS.indexOf(facet) + 1)];
  const end = fields.findLastIndex(([name]) => before.includes(name)) + 1;
  const [head, tail] = [fields.slice(0, end), fields.slice(end)].map((some) =>
    new URLSearchParams(some).toString(),
  ) as [string, string];
  const start = head === '' ? '' : `${head}&`;
  const rest = tail === '' ? '' : `&${tail}`;
  const chosen: readonly string[] = request[facet];
  return (value) => {
    if (chosen.includes(value))
      return withQuery('/search', serializeRequest(toggleFacet(request, facet, value)));
    const written = PLAIN_VALUE.test(value)
      ? `${facet}=${value}`
      : new URLSearchParams([[facet, value]]).toString();
    return `/search?${start}${written}${rest}`;
  };
}

/** What an address holds as it is. */
const PLAIN_VALUE = /^[\w-]+$/;

/** The request without any filter; query, sort and page size stay. */
export function withoutFilters(request: SearchRequest): SearchRequest {
  const { q, sort, size, literal } = request;
  return { ...EMPTY_REQUEST, q, sort, size, literal };
}

export function hasFilters(request: SearchRequest): boolean {
  const isChosen = FACETS.some((facet) => request[facet].length > 0);
  return isChosen || request.from !== undefined || request.to !== undefined;
}

/** Address of the complete result list as a file. */
export function exportHref(request: SearchRequest, format: ExportFormat): string {
  const fields = new URLSearchParams(requestFields({ ...request, page: 1, size: 10 }));
  fields.set('format', format);
  return withQuery('/api/export', fields.toString());
}

/**
 * An article's address that remembers the search, unless there is none or it is too long: the page marks its
 * words and links back to it.
 */
export function articleHref(url: string, request: SearchRequest | null): string {
  if (request === null || isTooLongForLinks(request)) return url;
  return withQuery(url, serializeRequest(request));
}

/** The raw page that an article was cut out of, its parts outlined. */
export function sourcePageHref(id: string, request: SearchRequest | null): string {
  return articleHref(`/articles/${encodeURIComponent(id)}/page`, request);
}

/** A park's page; ids of parks outside the gazetteer hold their Chinese name. */
export function parkHref(id: string): string {
  return `/parks/${encodeURIComponent(id)}`;
}

/** Joins an address and a query string, which may begin with `?`. */
export function withQuery(address: string, query: string): string {
  const bare = query.replace(/^\?/, '');
  if (bare === '') return address;
  return `${address}${address.includes('?') ? '&' : '?'}${bare}`;
}
