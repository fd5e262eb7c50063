import type { Meilisearch } from 'meilisearch';
import type { Gazetteer } from '../../config/gazetteer.ts';
import { MAX_TOTAL_HITS } from '../../config/index-settings.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { activeIndex } from '../../indexer/push/index-registry.ts';
import { articlesByDoc } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import type { FacetName, SearchRequest } from '../api/search-schema.ts';
import { FACETS } from '../api/search-schema.ts';
import { asksSomething } from '../rewrites/question-words.ts';
import type { Clause } from './clause.ts';
import type { ClauseQuery, EngineQuery } from './engine-query.ts';
import { createEngineQueries } from './engine-query.ts';
import type { EngineRequest, FacetCounts } from './engine-search.ts';
import { engineSearch, engineSearchAll } from './engine-search.ts';
import type { RankedAnswer } from './ranked-search.ts';
import { createRankedSearch } from './ranked-search.ts';
import { histogramUnit } from './histogram.ts';
import { requestFilters } from './filters.ts';
import { createVerifiedSearch, mustBeVerified } from './verified-search.ts';
import { withoutQuotes } from './without-quotes.ts';

export interface SearchDependencies {
  readonly store: Store;
  readonly client: Meilisearch;
  readonly analyzer: Analyzer;
  readonly gazetteer: Gazetteer;
}

export interface Found {
  /** One page, in order. */
  readonly articles: readonly StoredArticle[];
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly facets: FacetCounts;
  /** True when nothing had all the words and articles with some of them are shown. */
  readonly relaxed: boolean;
  /** The query is so long that no article need have all its words. */
  readonly isLong: boolean;
}

/** No index is whole yet: the first one is still being built. */
export class IndexNotReadyError extends Error {
  override readonly name = 'IndexNotReadyError';
}

/** Finds the articles that fit the clauses and the request's filters, one page of them. */
export function createFinder({ store, client, analyzer, gazetteer }: SearchDependencies) {
  const toEngineQuery = createEngineQueries(analyzer, gazetteer);
  const searchRanked = createRankedSearch({ store, client, analyzer, gazetteer });
  const searchVerified = createVerifiedSearch({ store, client, analyzer, gazetteer });

  return async function find(
    clauses: readonly Clause[],
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<Found> {
    const index = activeIndex(store);
    if (index === null) throw new IndexNotReadyError('索引正在建立，请稍候');
    const queries = clauses.map(toEngineQuery);
    const base: EngineRequest = {
      uid: index.uid,
      queries,
      filters: requestFilters(request),
      sort: browsing(queries) && request.sort === 'relevance' ? 'newest' : request.sort,
      offset: (request.page - 1) * request.size,
      limit: request.size,
      facets: histogramUnit(request) === 'day' ? [...FACETS, 'firstDay'] : FACETS,
    };
    const asks = asksSomething(request.q);
    if (mustBeVerified(clauses)) {
      const verified = await findVerified(clauses, queries, request, base, signal);
      // In a sentence quotation marks may only quote: 「驱龙事件」为何发生？
      const unquoted = verified.total === 0 ? withoutQuotes(clauses, asks) : null;
      return unquoted === null
        ? verified
        : { ...(await find(unquoted, request, signal)), relaxed: true };
    }
    const answer =
      base.sort === 'relevance'
        ? await searchRanked(clauses, base, asks, signal)
        : {
            ...(await engineSearch(client, base, signal)),
            relaxed: false,
            isLong: false,
            asked: base,
          };
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
    return {
      articles: articlesByDoc(store, answer.docs),
      total: answer.total,
      totalIsExact: answer.total < MAX_TOTAL_HITS,
      facets: { ...answer.facets, ...disjunctive },
      relaxed: answer.relaxed,
      isLong: answer.isLong,
    };
  }

  async function findVerified(
    clauses: readonly Clause[],
    queries: readonly ClauseQuery[],
    request: SearchRequest,
    base: EngineRequest,
    signal?: AbortSignal,
  ): Promise<Found> {
    const active = FACETS.filter((facet) => request[facet].length > 0);
    const [all, ...unfiltered] = await Promise.all(
      [base, ...active.map((facet) => withoutFacet(base, request, facet))].map((asked) =>
        searchVerified(clauses, queries, asked, signal),
      ),
    );
    const disjunctive = Object.fromEntries(
      active.map((facet, at) => [facet, unfiltered[at]!.facets[facet] ?? {}]),
    );
    return {
      articles: articlesByDoc(store, all!.docs.slice(base.offset, base.offset + base.limit)),
      total: all!.docs.length,
      totalIsExact: all!.totalIsExact,
      facets: { ...all!.facets, ...disjunctive },
      relaxed: false,
      isLong: false,
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

function browsing(queries: readonly EngineQuery[]): boolean {
  return queries.every((query) => query.terms === 0);
}
