import type { Meilisearch } from 'meilisearch';
import { MAX_TOTAL_HITS } from '../../config/index-settings.ts';
import { lastDoc } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { EngineRequest } from './engine-search.ts';
import { engineSearch } from './engine-search.ts';

/** Documents that a request finds; all of those from `from` on have then been given. */
export interface MatchingDocs {
  readonly docs: readonly number[];
  readonly from: number;
}

/**
 * All document ids above `after` that the request finds, the highest ranges first, however many: the
 * engine lists no more than {@link MAX_TOTAL_HITS} at once, so longer lists are walked by ranges of
 * that many document numbers, which cannot hold more. Within a range the order is the engine's own.
 */
export async function* matchingDocs(
  { client, store }: { readonly client: Meilisearch; readonly store: Store },
  request: EngineRequest,
  after: number,
  signal?: AbortSignal,
  listedAtOnce = MAX_TOTAL_HITS,
): AsyncGenerator<MatchingDocs> {
  async function ask(ranges: readonly string[]): Promise<readonly number[]> {
    const { docs } = await engineSearch(
      client,
      {
        ...request,
        filters: [...request.filters, ...ranges],
        sort: 'relevance',
        offset: 0,
        limit: listedAtOnce,
        facets: [],
      },
      signal,
    );
    return docs;
  }

  const all = await ask([`doc > ${after}`]);
  if (all.length < listedAtOnce) {
    yield { docs: all, from: after + 1 };
    return;
  }
  for (let to = lastDoc(store); to > after; to -= listedAtOnce) {
    const from = Math.max(after + 1, to - listedAtOnce + 1);
    yield { docs: await ask([`doc >= ${from}`, `doc <= ${to}`]), from };
  }
}
