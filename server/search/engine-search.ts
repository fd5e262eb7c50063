import type { Meilisearch } from 'meilisearch';
import { z } from 'zod';
import { MAX_TOTAL_HITS } from '../../config/index-settings.ts';
import type { FacetName } from '../api/search-schema.ts';
import type { EngineQuery } from './engine-query.ts';

export interface EngineRequest {
  readonly uid: string;
  /** The alternatives: an article that fits any of them is found. */
  readonly queries: readonly EngineQuery[];
  /** `all`: every term must be there. `last`: terms may be dropped from the end. */
  readonly strategy: 'all' | 'last';
  readonly filters: readonly string[];
  readonly sort: 'relevance' | 'newest' | 'oldest';
  readonly offset: number;
  readonly limit: number;
  /** With `firstDay`, how many articles begin on each day. */
  readonly facets: readonly (FacetName | 'firstDay')[];
}

export type FacetCounts = Readonly<Partial<Record<string, Readonly<Record<string, number>>>>>;

export interface EngineAnswer {
  readonly docs: readonly number[];
  /** Exact up to {@link MAX_TOTAL_HITS}, never above it. */
  readonly total: number;
  readonly facets: FacetCounts;
}

/** The engine answered something that is not an answer. */
export class EngineAnswerError extends Error {
  override readonly name = 'EngineAnswerError';
}

const countsSchema = z.record(z.string(), z.record(z.string(), z.int()));
const answerSchema = z.object({
  hits: z.array(z.object({ doc: z.int() })),
  estimatedTotalHits: z.int(),
  facetDistribution: countsSchema.optional(),
  facetsByIndex: z.record(z.string(), z.object({ distribution: countsSchema })).optional(),
});

/**
 * Asks the engine once.
 * @throws EngineAnswerError when the answer has not the shape of one; the client's own errors when
 * the engine cannot be reached or refuses the request.
 */
export async function engineSearch(
  client: Meilisearch,
  request: EngineRequest,
  signal?: AbortSignal,
): Promise<EngineAnswer> {
  const queries = request.queries.map((query) => ({
    indexUid: request.uid,
    q: query.q,
    filter: [...request.filters, ...query.filters],
    matchingStrategy: request.strategy,
    ...(request.sort === 'relevance'
      ? {}
      : { sort: [`firstDay:${request.sort === 'newest' ? 'desc' : 'asc'}`] }),
  }));
  const init = signal === undefined ? {} : { signal };
  const [only] = queries;
  const raw: unknown =
    queries.length === 1 && only !== undefined
      ? await client.index(request.uid).search(
          only.q,
          {
            filter: only.filter,
            matchingStrategy: only.matchingStrategy,
            ...('sort' in only ? { sort: only.sort } : {}),
            offset: request.offset,
            limit: request.limit,
            facets: [...request.facets],
          },
          init,
        )
      : await client.multiSearch(
          {
            federation: {
              offset: request.offset,
              limit: request.limit,
              facetsByIndex: { [request.uid]: [...request.facets] },
            },
            queries,
          },
          init,
        );
  const parsed = answerSchema.safeParse(raw);
  if (!parsed.success)
    throw new EngineAnswerError(`检索引擎的回答无法识别：${z.prettifyError(parsed.error)}`, {
      cause: parsed.error,
    });
  const answer = parsed.data;
  return {
    docs: answer.hits.map((hit) => hit.doc),
    total: Math.min(answer.estimatedTotalHits, MAX_TOTAL_HITS),
    facets: answer.facetDistribution ?? answer.facetsByIndex?.[request.uid]?.distribution ?? {},
  };
}
