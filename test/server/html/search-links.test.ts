import { parse } from 'node:querystring';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACETS, searchRequestSchema } from '../../../server/api/search-schema.ts';
import type { SearchRequest } from '../../../server/api/search-schema.ts';
import {
  EMPTY_REQUEST,
  articleHref,
  exportHref,
  hasFilters,
  searchHref,
  serializeRequest,
  toggleFacet,
  toggleHrefs,
  withQuery,
  withoutFilters,
} from '../../../server/html/search-links.ts';

const value = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
const values = fc.uniqueArray(value, { maxLength: 4 });
const year = fc.integer({ min: 1000, max: 9999 }).map(String);
const month = fc
  .tuple(year, fc.integer({ min: 1, max: 12 }))
  .map(([y, m]) => `${y}-${String(m).padStart(2, '0')}`);
const date = fc.option(
  fc.oneof(
    year,
    month,
    month.map((m) => `${m}-28`),
  ),
  { nil: undefined },
);

const requests: fc.Arbitrary<SearchRequest> = fc.record({
  q: fc.string({ unit: 'binary', maxLength: 60 }),
  park: values,
  province: values,
  type: values,
  source: values,
  year: fc.uniqueArray(year, { maxLength: 3 }),
  month: fc.uniqueArray(month, { maxLength: 3 }),
  kind: fc.subarray(['story', 'brief', 'photo'] as const),
  from: date,
  to: date,
  sort: fc.constantFrom('relevance', 'newest', 'oldest'),
  page: fc.integer({ min: 1, max: 1000 }),
  size: fc.integer({ min: 1, max: 50 }),
  literal: values,
});

const read = (query: string): SearchRequest => searchRequestSchema.parse(parse(query));

describe('serializeRequest', () => {
  it('is the inverse of the check at the door', () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(read(serializeRequest(request))).toEqual(request);
      }),
    );
  });

  it('writes nothing for the request that asks for nothing', () => {
    expect(serializeRequest(EMPTY_REQUEST)).toBe('');
    expect(read('')).toEqual(EMPTY_REQUEST);
  });

  it('keeps one order, whatever order the address had', () => {
    expect(serializeRequest(read('page=2&year=2022&q=a&park=b'))).toBe(
      'q=a&park=b&year=2022&page=2',
    );
  });
});

describe('toggleFacet', () => {
  it('undoes itself and leads back to the first page', () => {
    fc.assert(
      fc.property(requests, value, (request, park) => {
        fc.pre(!request.park.includes(park));
        const on = toggleFacet(request, 'park', park);
        expect(on.park).toContain(park);
        expect(on.page).toBe(1);
        expect(toggleFacet(on, 'park', park)).toEqual({ ...request, page: 1 });
      }),
    );
  });
});

describe('toggleHrefs', () => {
  it('gives the address of the toggled request, for any value of any facet', () => {
    const facets = fc.constantFrom(...FACETS);
    fc.assert(
      fc.property(requests, facets, value, fc.boolean(), (request, facet, other, isChosen) => {
        const [chosen = other] = request[facet];
        const toggled = isChosen ? chosen : other;
        expect(toggleHrefs(request, facet)(toggled)).toBe(
          withQuery('/search', serializeRequest(toggleFacet(request, facet, toggled))),
        );
      }),
    );
  });
});

describe('withoutFilters', () => {
  it('drops every filter and keeps the words', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const bare = withoutFilters(request);
        expect(hasFilters(bare)).toBe(false);
        expect(bare.q).toBe(request.q);
      }),
    );
  });
});

describe('addresses', () => {
  const request = read('q=招商&park=a&page=3&size=20');

  it('lead to the first page unless they name one', () => {
    expect(searchHref(request, { sort: 'newest' })).toBe(
      '/search?q=%E6%8B%9B%E5%95%86&park=a&sort=newest&size=20',
    );
    expect(searchHref(request, { page: 4 })).toContain('page=4');
    expect(searchHref(EMPTY_REQUEST)).toBe('/search');
  });

  it('export the whole list', () => {
    expect(exportHref(request, 'ris')).toBe('/api/export?q=%E6%8B%9B%E5%95%86&park=a&format=ris');
  });

  it('remember the search on an article', () => {
    expect(articleHref('/articles/1', request)).toBe(
      '/articles/1?q=%E6%8B%9B%E5%95%86&park=a&page=3&size=20',
    );
  });

  it('take a query string with or without its mark', () => {
    expect(withQuery('/search', '?q=a')).toBe('/search?q=a');
    expect(withQuery('/search?x=1', 'q=a')).toBe('/search?x=1&q=a');
  });
});
