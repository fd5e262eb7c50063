import { growth } from '../../indexer/push/index-growth.ts';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { FACETS } from '../api/search-schema.ts';
import { clip } from '../html/labels.ts';
import type { Clause, TextLiteral } from './clause.ts';
import { QueryTooBroadError, textKey } from './clause.ts';
import type { EngineQuery } from './engine-query.ts';
import { createEngineQueries } from './engine-query.ts';
import type { EngineRequest } from './engine-search.ts';
import { requestFilters } from './filters.ts';
import { histogramUnit } from './histogram.ts';
import type { SearchDependencies } from './dependencies.ts';
import { standingTexts } from './standing-text.ts';

/** No index is whole yet: the first one is still being built. */
export class IndexNotReadyError extends Error {
  override readonly name = 'IndexNotReadyError';
}

/** Translates clauses and a request's filters for the active index. */
export function createEngineRequests({
  store,
  analyzer,
  gazetteer,
}: Omit<SearchDependencies, 'client'>) {
  const { textsToVerify, toEngineQuery } = createEngineQueries(analyzer, gazetteer);
  const findStanding = standingTexts(store);

  /**
   * The page that is wanted of the articles that fit, an alternative a clause.
   * @throws IndexNotReadyError before the first index is whole; the signal's reason once it is aborted;
   * QueryTooBroadError when not every article can be looked into that may have what is excluded;
   * VerificationBusyError.
   */
  return async function toEngineRequest(
    clauses: readonly Clause[],
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<EngineRequest> {
    const index = searchableIndex(store);
    if (index === null) throw new IndexNotReadyError(notReady(growth(store)));
    const verified = textsToVerify(clauses);
    const standing = await findStanding(index.uid, verified, signal);
    const isPartial = (literal: TextLiteral) => !standing.get(textKey(literal))!.isWhole;
    const [notExcluded] = verified.unwanted.filter(isPartial);
    // Part of what is wanted is better than nothing; with part of what is excluded the rest would be wrong.
    if (notExcluded !== undefined)
      throw new QueryTooBroadError(
        `排除的“${clip(notExcluded.text)}”要核对的文章太多，一次检索核对不完；请换成更长或更少见的词，或不排除它`,
      );
    const queries = clauses.map((clause) =>
      toEngineQuery(clause, (literal) => standing.get(textKey(literal))!.docs),
    );
    return {
      uid: index.uid,
      queries,
      filters: requestFilters(request),
      sort: browsing(queries) && request.sort === 'relevance' ? 'newest' : request.sort,
      offset: (request.page - 1) * request.size,
      limit: request.size,
      unverified: verified.wanted.filter(isPartial).map(({ text }) => text),
      facets: histogramUnit(request) === 'day' ? [...FACETS, 'firstDay'] : FACETS,
    };
  };
}

function notReady(progress: number | null): string {
  return progress === null ? '索引正在建立，请稍候' : `索引正在建立（已完成 ${progress}%），请稍候`;
}

function browsing(queries: readonly EngineQuery[]): boolean {
  return queries.every((query) => query.terms === 0);
}
