import { MAX_TOTAL_HITS } from '../../config/index-settings.ts';
import { lastDoc } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { ListDocs } from './list-docs.ts';

/** Documents that a request finds; all of those from `from` on have then been given. */
export interface MatchingDocs {
  readonly docs: readonly number[];
  readonly from: number;
}

/**
 * All document ids of a list above `after`, the highest ranges first, however many: the
 * engine lists no more than {@link MAX_TOTAL_HITS} at once, so longer lists are walked by ranges of
 * that many document numbers, which cannot hold more. Within a range the order is the engine's own.
 */
export async function* matchingDocs(
  store: Store,
  list: ListDocs,
  after: number,
  signal?: AbortSignal,
  listedAtOnce = MAX_TOTAL_HITS,
): AsyncGenerator<MatchingDocs> {
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
