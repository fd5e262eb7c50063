import { activeIndex } from '../../indexer/push/index-registry.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { FACETS } from '../api/search-schema.ts';
import type { Clause } from './clause.ts';
import type { ClauseQuery, EngineQuery } from './engine-query.ts';
import { createEngineQueries } from './engine-query.ts';
import type { EngineRequest } from './engine-search.ts';
import { requestFilters } from './filters.ts';
import { histogramUnit } from './histogram.ts';
import type { SearchDependencies } from './search.ts';

/** No index is whole yet: the first one is still being built. */
export class IndexNotReadyError extends Error {
  override readonly name = 'IndexNotReadyError';
}

export interface EngineRequestFor {
  /** The page that is wanted of the articles that have every word. */
  readonly asked: EngineRequest;
  /** Its alternatives, one a clause, and where the engine's answer to each is not the last word. */
  readonly queries: readonly ClauseQuery[];
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
        filters: requestFilters(request),
        sort: browsing(queries) && request.sort === 'relevance' ? 'newest' : request.sort,
        offset: (request.page - 1) * request.size,
        limit: request.size,
        facets: histogramUnit(request) === 'day' ? [...FACETS, 'firstDay'] : FACETS,
      },
      queries,
    };
  };
}

function browsing(queries: readonly EngineQuery[]): boolean {
  return queries.every((query) => query.terms === 0);
}
