import { MAX_TOTAL_HITS } from '../../config/index-settings.ts';
import type { FacetName, SearchRequest } from '../api/search-schema.ts';
import { FACETS } from '../api/search-schema.ts';
import { asksSomething } from '../rewrites/question-words.ts';
import type { Clause } from './clause.ts';
import type { SearchDependencies } from './dependencies.ts';
import { createEngineRequests } from './engine-requests.ts';
import type { EngineAnswer, EngineRequest, FacetCounts } from './engine-search.ts';
import { engineSearch, engineSearchAll, mostMissing } from './engine-search.ts';
import type { RankedAnswer } from './ranked-search.ts';
import { createRankedSearch } from './ranked-search.ts';
import { requestFilters } from './filters.ts';
import type { ListDocs } from './list-docs.ts';
import { engineList } from './list-docs.ts';
import { withoutQuotes } from './without-quotes.ts';

export interface Found {
  /** One page, in order. */
  readonly docs: readonly number[];
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly facets: FacetCounts;
  /** True when nothing had all the words and articles with some of them are shown. */
  readonly relaxed: boolean;
  /** The query is so long that no article need have all its words. */
  readonly isLong: boolean;
  /** What is not among all this because engines are down; null: nothing. */
  readonly missing: EngineAnswer['missing'];
  /** Phrases of which articles may be left out, because not every text could be looked into. */
  readonly unverified: readonly string[];
  /** The whole list of which these articles are a page. */
  readonly list: ListDocs;
}

/** Finds the articles that fit the clauses and the request's filters, one page of them. */
export function createFinder(deps: SearchDependencies) {
  const { client } = deps;
  const toEngineRequest = createEngineRequests(deps);
  const searchRanked = createRankedSearch(deps);

  return async function find(
    clauses: readonly Clause[],
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<Found> {
    const base = await toEngineRequest(clauses, request, signal);
    const asks = asksSomething(request.q);
    const answer =
      base.sort === 'relevance'
        ? await searchRanked(clauses, base, asks, signal)
        : {
            ...(await engineSearch(client, base, signal)),
            relaxed: false,
            isLong: false,
            asked: base,
          };
    // In a sentence quotation marks may only quote: 「驱龙事件」为何发生？
    const isKnown = answer.total > 0 || (base.unverified ?? []).length > 0;
    const unquoted = isKnown ? null : withoutQuotes(clauses, asks);
    if (unquoted !== null) return { ...(await find(unquoted, request, signal)), relaxed: true };
    return withDisjunctiveFacets(answer, request, signal);
  };

  async function withDisjunctiveFacets(
    answer: RankedAnswer,
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<Found> {
    const active = FACETS.filter((facet) => request[facet].length > 0);
    const unfiltered = await engineSearchAll(
      client,
      active.map((facet) => withoutFacet(answer.asked, request, facet)),
      signal,
    );
    // A facet's own filter does not narrow its counts, so that one can add a second value.
    const disjunctive = Object.fromEntries(
      active.map((facet, at) => [facet, unfiltered[at]!.facets[facet] ?? {}]),
    );
    const { unverified = [] } = answer.asked;
    return {
      docs: answer.docs,
      total: answer.total,
      totalIsExact: answer.total < MAX_TOTAL_HITS && unverified.length === 0,
      facets: { ...answer.facets, ...disjunctive },
      relaxed: answer.relaxed,
      isLong: answer.isLong,
      missing: mostMissing([answer, ...unfiltered]),
      unverified,
      list: engineList(client, answer.asked),
    };
  }
}

function withoutFacet(
  base: EngineRequest,
  request: SearchRequest,
  facet: FacetName,
): EngineRequest {
  return { ...base, filters: requestFilters(request, facet), offset: 0, limit: 0, facets: [facet] };
}
