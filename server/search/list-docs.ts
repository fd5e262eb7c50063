import type { Meilisearch } from 'meilisearch';
import type { SearchRequest } from '../api/search-schema.ts';
import type { Clause } from './clause.ts';
import type { ClauseQuery } from './engine-query.ts';
import { createEngineRequests } from './engine-requests.ts';
import type { EngineRequest } from './engine-search.ts';
import { engineSearch } from './engine-search.ts';
import type { SearchDependencies } from './search.ts';
import type { VerifiedSearch } from './verified-search.ts';
import { createVerifiedSearch, mustBeVerified } from './verified-search.ts';

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

/** The list of what truly fits clauses with phrases or exclusions. */
export function verifiedList(
  searchVerified: VerifiedSearch,
  clauses: readonly Clause[],
  queries: readonly ClauseQuery[],
  asked: EngineRequest,
): ListDocs {
  return async (filters, _limit, signal) => {
    const within = [...asked.filters, ...filters];
    const { docs, totalIsExact } = await searchVerified(
      clauses,
      queries,
      { ...asked, filters: within, sort: 'newest', facets: [] },
      signal,
    );
    return { docs, isWhole: totalIsExact };
  };
}

/** Lists of the articles with every word of a query, nothing relaxed. */
export function createLists(deps: SearchDependencies) {
  const toEngineRequest = createEngineRequests(deps);
  const searchVerified = createVerifiedSearch(deps);

  /** @throws IndexNotReadyError before the first index is whole. */
  return function listFor(clauses: readonly Clause[], request: SearchRequest): ListDocs {
    const { asked, queries } = toEngineRequest(clauses, request);
    return mustBeVerified(clauses)
      ? verifiedList(searchVerified, clauses, queries, asked)
      : engineList(deps.client, asked);
  };
}
