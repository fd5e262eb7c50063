import type { Meilisearch } from 'meilisearch';
import type { Gazetteer } from '../../config/gazetteer.ts';
import { MAX_TOTAL_HITS } from '../../config/index-settings.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { articlesByDoc } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import type { FacetName, SearchRequest } from '../api/search-schema.ts';
import { FACETS } from '../api/search-schema.ts';
import type { Clause } from './clause.ts';
import { createEngineRequests } from './engine-requests.ts';
import type { EngineRequest, FacetCounts } from './engine-search.ts';
import { engineSearch } from './engine-search.ts';
import type { RankedAnswer } from './ranked-search.ts';
import { createRankedSearch } from './ranked-search.ts';
import { countFacets } from './facets.ts';
import { requestFilters } from './filters.ts';
import { createVerifier } from './verify-clauses.ts';

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
  /** What finds all articles of the list. */
  readonly asked: EngineRequest;
  /** Whether an article that was found is truly of the list; null when all are. */
  readonly fits: ((article: StoredArticle) => boolean) | null;
}

/** Finds the articles that fit the clauses and the request's filters, one page of them. */
export function createFinder({ store, client, analyzer, gazetteer }: SearchDependencies) {
  const toEngineRequest = createEngineRequests({ store, analyzer, gazetteer });
  const searchRanked = createRankedSearch(store, client, analyzer);

  return async function find(
    clauses: readonly Clause[],
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<Found> {
    const { asked: base, needsVerification } = toEngineRequest(clauses, request);
    if (needsVerification) return findVerified(clauses, request, base, signal);
    const answer =
      base.sort === 'relevance'
        ? await searchRanked(clauses, base, signal)
        : { ...(await engineSearch(client, base, signal)), relaxed: false, asked: base };
    return withDisjunctiveFacets(answer, request, signal);
  };

  async function withDisjunctiveFacets(
    answer: RankedAnswer,
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<Found> {
    const active = FACETS.filter((facet) => request[facet].length > 0);
    const unfiltered = await Promise.all(
      active.map((facet) =>
        engineSearch(client, withoutFacet(answer.asked, request, facet), signal),
      ),
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
      asked: answer.asked,
      fits: null,
    };
  }

  /** The engine proposes, the text decides; totals and facets are then counted here. */
  async function findVerified(
    clauses: readonly Clause[],
    request: SearchRequest,
    base: EngineRequest,
    signal?: AbortSignal,
  ): Promise<Found> {
    const fits = createVerifier(clauses);
    const proposed = async (asked: EngineRequest) => {
      const answer = await engineSearch(
        client,
        { ...asked, offset: 0, limit: MAX_TOTAL_HITS, facets: [] },
        signal,
      );
      return { total: answer.total, articles: articlesByDoc(store, answer.docs).filter(fits) };
    };
    const active = FACETS.filter((facet) => request[facet].length > 0);
    const [all, ...unfiltered] = await Promise.all([
      proposed(base),
      ...active.map((facet) => proposed(withoutFacet(base, request, facet))),
    ]);
    const disjunctive = Object.fromEntries(
      active.map((facet, at) => [facet, countFacets(unfiltered[at]!.articles, gazetteer)[facet]]),
    );
    return {
      articles: all.articles.slice(base.offset, base.offset + base.limit),
      total: all.articles.length,
      totalIsExact: all.total < MAX_TOTAL_HITS,
      facets: { ...countFacets(all.articles, gazetteer), ...disjunctive },
      relaxed: false,
      asked: base,
      fits,
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
