import { isDeepStrictEqual } from 'node:util';
import type { SearchResponse } from '../../../server/api/search-schema.ts';

/** What of an answer over several engines is that of one engine. */
export interface Comparison {
  /** The same articles in the same order. */
  readonly page: boolean;
  readonly total: boolean;
  /** Every value of every facet, and every bar of the histogram. */
  readonly facets: boolean;
}

/** Compares two answers to the same request. */
export function compareAnswers(one: SearchResponse, several: SearchResponse): Comparison {
  return {
    page: isDeepStrictEqual(idsOf(one), idsOf(several)),
    total: one.total === several.total,
    facets:
      isDeepStrictEqual(countsOf(one), countsOf(several)) &&
      isDeepStrictEqual(one.histogram, several.histogram),
  };
}

function idsOf({ hits }: SearchResponse): string[] {
  return hits.map(({ id }) => id);
}

/** By facet and value: values of the same count may come in any order. */
export function countsOf({ facets }: SearchResponse): Record<string, Record<string, number>> {
  return Object.fromEntries(
    Object.entries(facets).map(([facet, values]) => [
      facet,
      Object.fromEntries(values.map(({ value, count }) => [value, count])),
    ]),
  );
}
