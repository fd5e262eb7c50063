import { EMPTY_REQUEST } from '../html/search-links.ts';
import type { Clause } from '../search/clause.ts';
import type { SearchDependencies } from '../search/dependencies.ts';
import { createFinder } from '../search/search.ts';
import type { PeriodCounts, Step } from './periods.ts';

export interface StoryCounts extends Readonly<Record<Step, PeriodCounts>> {
  readonly total: number;
}

/** How many articles name a park and fit the clauses, in all and over time; exactly as a search counts them. */
export function createStoryCounts(deps: SearchDependencies) {
  const find = createFinder(deps);
  return async function countStories(
    clauses: readonly Clause[],
    park: string,
    signal?: AbortSignal,
  ): Promise<StoryCounts> {
    // Sorted by date, a search never gives up words of its query, as one by relevance may.
    const request = { ...EMPTY_REQUEST, park: [park], sort: 'newest' as const, size: 1 };
    const { total, facets } = await find(clauses, request, signal);
    return { total, year: facets['year'] ?? {}, month: facets['month'] ?? {} };
  };
}
