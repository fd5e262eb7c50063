import { createBoundedCache, createSharedWork } from '../../indexer/core/caches.ts';
import { activeIndex } from '../../indexer/push/index-registry.ts';
import { latestSeq } from '../../indexer/store/changes.ts';
import type { Store } from '../../indexer/store/database.ts';
import { noteCacheUse, type CacheName } from '../http/request-trace.ts';

export interface AnswerCacheOptions<Answer> {
  /** Under which its use is counted; without it, it is not. */
  readonly name?: CacheName;
  /** Of all answers together, as `sizeOf` measures them; without it, their number. */
  readonly cacheSize: number;
  readonly sizeOf?: (answer: Answer) => number;
  readonly isWorthKeeping?: (answer: Answer) => boolean;
}

/**
 * Keeps the latest answers for the next page, the page itself beside its JSON, a second
 * look. An answer is forgotten as soon as the store or the index is another than when it was asked for.
 * What is asked by several at once is answered once; what is not worth keeping and failures are not kept.
 */
export function createAnswerCache<Answer extends object>(
  store: Store,
  { name, cacheSize, sizeOf, isWorthKeeping = () => true }: AnswerCacheOptions<Answer>,
) {
  const answers = createBoundedCache<string, Answer>(cacheSize, sizeOf);
  const share = createSharedWork<Answer>();

  /** @throws the signal's reason once it is aborted, which ends `answer` when nobody else waits for it. */
  return async function answerOnce(
    question: unknown,
    answer: (signal: AbortSignal) => Promise<Answer>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const index = activeIndex(store);
    const key = JSON.stringify([index?.uid, index?.appliedSeq, latestSeq(store), question]);
    const known = answers.get(key);
    if (name !== undefined) noteCacheUse(name, known !== undefined);
    if (known !== undefined) return known;
    const given = await share(key, answer, signal);
    if (isWorthKeeping(given)) answers.set(key, given);
    return given;
  };
}
