import { searchableIndex } from '../../indexer/push/index-registry.ts';
import { arrivalsOf, arrivedInIndex } from '../../indexer/store/arrivals.ts';
import type { Arrival } from '../../indexer/store/arrivals.ts';
import { shownArticles } from '../../indexer/store/shown-article.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { createEngineRequests, IndexNotReadyError } from '../search/engine-requests.ts';
import type { SearchDependencies } from '../search/engine-search.ts';
import { engineList, matchingDocs } from '../search/list-docs.ts';

/** An article that a saved search finds, with the time at which it came into the corpus. */
export interface ArrivedArticle {
  readonly article: StoredArticle;
  readonly arrival: Arrival;
}

/**
 * What a saved search finds, by the order in which articles came into the corpus: a page of 1998 that
 * was taken in today is new today. Only articles with every word: a relaxed list would bring strangers.
 */
export function createMatches(deps: SearchDependencies) {
  const { store, client, queries } = deps;
  const toEngineRequest = createEngineRequests(deps);

  /** Matches that arrived after that number, latest first. */
  async function* arrivedAfter(
    request: SearchRequest,
    after: number,
    signal?: AbortSignal,
  ): AsyncGenerator<Arrival> {
    const { clauses } = queries.understand(request);
    const list = engineList(client, await toEngineRequest(clauses, request, signal));
    let waiting: readonly Arrival[] = [];
    for await (const { docs, from } of matchingDocs(store, list, after, signal)) {
      const known = [...waiting, ...arrivalsOf(store, [...new Set(docs)])]
        .filter(({ number }) => number > after)
        .sort((a, b) => b.number - a.number);
      // An article that was removed and came back has an earlier arrival than its document number says.
      yield* known.filter(({ number }) => number >= from);
      waiting = known.filter(({ number }) => number < from);
    }
    yield* waiting;
  }

  return {
    arrivedAfter,
    /** The arrival number up to which every article can be found. */
    arrived(): number {
      const index = searchableIndex(store);
      if (index === null) throw new IndexNotReadyError('索引正在建立，请稍候');
      return arrivedInIndex(store, index.appliedSeq);
    },
    /** How many matches arrived after that number. */
    async countAfter(request: SearchRequest, after: number, signal?: AbortSignal): Promise<number> {
      let count = 0;
      for await (const _ of arrivedAfter(request, after, signal)) count += 1;
      return count;
    },
    /** The latest matches, `limit` at most. */
    async latest(
      request: SearchRequest,
      limit: number,
      signal?: AbortSignal,
    ): Promise<ArrivedArticle[]> {
      const latest: ArrivedArticle[] = [];
      for await (const arrival of arrivedAfter(request, 0, signal)) {
        for (const article of shownArticles(store, [arrival.doc]))
          latest.push({ article, arrival });
        if (latest.length === limit) break;
      }
      return latest;
    },
  };
}
