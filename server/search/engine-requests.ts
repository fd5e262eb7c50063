import { activeIndex } from '../../indexer/push/index-registry.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { FACETS } from '../api/search-schema.ts';
import type { Clause } from './clause.ts';
import type { EngineQuery } from './engine-query.ts';
import { createEngineQueries } from './engine-query.ts';
import type { EngineRequest } from './engine-search.ts';
import { requestFilters } from './filters.ts';
import type { SearchDependencies } from './search.ts';

/** No index is whole yet: the first one is still being built. */
export class IndexNotReadyError extends Error {
  override readonly name = 'IndexNotReadyError';
}

export interface EngineRequestFor {
  /** The page that is wanted of the articles that have every word. */
  readonly asked: EngineRequest;
  /** The engine's answer is then only a superset: articles must be checked against the clauses. */
  readonly needsVerification: boolean;
}

/** Translates clauses and a request's filters for the active index. */
export function createEngineRequests({
  store,
  analyzer,
  gazetteer,
}: Omit<SearchDependencies, 'client'>) {
  const toEngineQuery = createEngineQueries(analyzer, gazetteer);

  /** @throws IndexNotReadyError before the first index is whole. */
  return function toEngineRequest(
    clauses: readonly Clause[],
    request: SearchRequest,
  ): EngineRequestFor {
    const index = activeIndex(store);
    if (index === null) throw new IndexNotReadyError('索引正在建立，请稍候');
    const queries = clauses.map(toEngineQuery);
    return {
      asked: {
        uid: index.uid,
        queries,
        strategy: 'all',
        filters: requestFilters(request),
        sort: browsing(queries) && request.sort === 'relevance' ? 'newest' : request.sort,
        offset: (request.page - 1) * request.size,
        limit: request.size,
        facets: FACETS,
      },
      needsVerification: queries.some((query) => query.needsVerification),
    };
  };
}

function browsing(queries: readonly EngineQuery[]): boolean {
  return queries.every((query) => query.terms === 0);
}
