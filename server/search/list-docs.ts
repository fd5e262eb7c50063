import { EngineError } from '../../indexer/engine/engine-error.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { clip } from '../html/labels.ts';
import type { Clause } from './clause.ts';
import { QueryTooBroadError } from './clause.ts';
import { createEngineRequests } from './engine-requests.ts';
import type { EngineRequest, SearchEngine } from './engine-search.ts';
import { engineSearch } from './engine-search.ts';
import type { SearchDependencies } from './dependencies.ts';

/** Document ids of a list, in no order; whole when none was left out for want of room. */
interface ListedDocs {
  readonly docs: readonly number[];
  readonly isWhole: boolean;
}

/** Gives what lies of a list within further filters, about `limit` at most. */
export type ListDocs = (
  filters: readonly string[],
  limit: number,
  signal?: AbortSignal,
) => Promise<ListedDocs>;

/**
 * The list of everything that the engine finds. What is listed is counted, exported or reported as news:
 * @throws EngineError `unreachable` rather than to give only what the engines have that are not down;
 * QueryTooBroadError when not every text could be looked into.
 */
export function engineList(client: SearchEngine, asked: EngineRequest): ListDocs {
  return async (filters, limit, signal) => {
    const [phrase] = asked.unverified ?? [];
    if (phrase !== undefined)
      throw new QueryTooBroadError(
        `含有“${clip(phrase)}”的文章没有核对完，清单会不完整；请把它写长些或换成少见的词`,
      );
    const { docs, missing } = await engineSearch(
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
    if (missing !== null)
      throw new EngineError('unreachable', '有检索引擎连不上，清单不完整，等它恢复后再列。');
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
