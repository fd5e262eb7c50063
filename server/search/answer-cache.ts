import { activeIndex } from '../../indexer/push/index-registry.ts';
import { latestSeq } from '../../indexer/store/changes.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { CacheName } from '../telemetry/request-trace.ts';
import { noteCacheUse } from '../telemetry/request-trace.ts';

/**
 * Keeps the latest answers, `most` of them, for the next page, the page itself beside its JSON, a second
 * look. An answer is forgotten as soon as the store or the index is another than when it was given.
 */
export function createAnswerCache<Answer>(
  store: Store,
  name: CacheName,
  most: number,
  isWorthKeeping: (answer: Answer) => boolean = () => true,
) {
  const kept = new Map<string, Answer>();
  return async function answerOnce(
    question: unknown,
    answer: () => Promise<Answer>,
  ): Promise<Answer> {
    const index = activeIndex(store);
    const key = JSON.stringify([index?.uid, index?.appliedSeq, latestSeq(store), question]);
    noteCacheUse(name, kept.has(key));
    const given = kept.get(key) ?? (await answer());
    // To the end of the map: the order of insertion is the order of use.
    kept.delete(key);
    if (!isWorthKeeping(given)) return given;
    kept.set(key, given);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return given;
  };
}
