import { MAX_TOTAL_HITS } from '../../config/index-settings.ts';
import { EngineError } from '../../indexer/engine/engine-error.ts';
import { lastDoc } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import { clip } from '../html/labels.ts';
import { QueryTooBroadError } from './clause.ts';
import { engineSearch, type EngineRequest, type SearchEngine } from './engine-search.ts';

/** Gives what lies of a list within further filters, about `limit` at most, in no order. */
export type ListDocs = (
  filters: readonly string[],
  limit: number,
  signal?: AbortSignal,
) => Promise<{
  readonly docs: readonly number[];
  /** None was left out for want of room. */
  readonly isWhole: boolean;
}>;

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
    const all = { ...asked, filters: [...asked.filters, ...filters] };
    const { docs, missing } = await engineSearch(
      client,
      { ...all, sort: 'relevance', offset: 0, limit, facets: [] },
      signal,
    );
    if (missing !== null)
      throw new EngineError('unreachable', '有检索引擎连不上，清单不完整，等它恢复后再列。');
    return { docs, isWhole: docs.length < limit };
  };
}

/**
 * All document ids of a list above `after`, the highest ranges first, however many: the
 * engine lists no more than {@link MAX_TOTAL_HITS} at once, so longer lists are walked by ranges of
 * that many document numbers, which cannot hold more. Within a range the order is the engine's own;
 * with each, all from `from` on have been given.
 */
export async function* matchingDocs(
  store: Store,
  list: ListDocs,
  after: number,
  signal?: AbortSignal,
  listedAtOnce = MAX_TOTAL_HITS,
): AsyncGenerator<{ readonly docs: readonly number[]; readonly from: number }> {
  const all = await list([`doc > ${after}`], listedAtOnce, signal);
  if (all.isWhole) {
    yield { docs: all.docs, from: after + 1 };
    return;
  }
  for (let to = lastDoc(store); to > after; to -= listedAtOnce) {
    const from = Math.max(after + 1, to - listedAtOnce + 1);
    const { docs } = await list([`doc >= ${from}`, `doc <= ${to}`], listedAtOnce, signal);
    yield { docs, from };
  }
}
