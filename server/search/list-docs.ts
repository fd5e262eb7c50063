import type { Meilisearch } from 'meilisearch';
import type { SearchRequest } from '../api/search-schema.ts';
import type { Clause } from './clause.ts';
import { createEngineRequests } from './engine-requests.ts';
import type { EngineRequest } from './engine-search.ts';
import { engineSearch } from './engine-search.ts';
import type { SearchDependencies } from './search.ts';

/** Document ids of a list, in no order; whole when none was left out for want of room. */
export interface ListedDocs {
  readonly docs: readonly number[];
  readonly isWhole: boolean;
}

/** Gives what lies of a list within further filters, about `limit` at most. */
export type ListDocs = (
  filters: readonly string[],
  limit: number,
  signal?: AbortSignal,
) => Promise<ListedDocs>;

/** The list of everything that the engine finds. */
export function engineList(client: Meilisearch, asked: EngineRequest): ListDocs {
  return async (filters, limit, signal) => {
    const { docs } = await engineSearch(
      client,
      {
        ...asked,
        filters: [...asked.filters, ...filters],
        sort: 'relevance',
        offset: 0,
        limit,
        facets: [],
      },
      signal,
    );
    return { docs, isWhole: docs.length < limit };
  };
}

/** Lists of the articles that fit a query, nothing relaxed. */
export function createLists(deps: SearchDependencies) {
  const toEngineRequest = createEngineRequests(deps);

  /** @throws IndexNotReadyError before the first index is whole. */
  return async function listFor(
    clauses: readonly Clause[],
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<ListDocs> {
    return engineList(deps.client, await toEngineRequest(clauses, request, signal));
  };
}
