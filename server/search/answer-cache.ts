import { activeIndex } from '../../indexer/push/index-registry.ts';
import { latestSeq } from '../../indexer/store/changes.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { CacheName } from '../http/request-trace.ts';
import { noteCacheUse } from '../http/request-trace.ts';
import { createSharedWork } from './shared-work.ts';

export interface AnswerCacheOptions<Answer> {
  /** Of all that is kept together, as `sizeOf` measures it; without it, of answers. */
  readonly most: number;
  readonly sizeOf?: (answer: Answer) => number;
  readonly isWorthKeeping?: (answer: Answer) => boolean;
}

/**
 * Keeps the latest answers for the next page, the page itself beside its JSON, a second
 * look. An answer is forgotten as soon as the store or the index is another than when it was asked for.
 * What is asked by several at once is answered once; what is not worth keeping and failures are not kept.
 */
export function createAnswerCache<Answer>(
  store: Store,
  name: CacheName,
  { most, sizeOf = () => 1, isWorthKeeping = () => true }: AnswerCacheOptions<Answer>,
) {
  const kept = new Map<string, Answer>();
  const share = createSharedWork<Answer>();
  let size = 0;

  function forget(key: string): void {
    const answer = kept.get(key);
    if (answer !== undefined) size -= sizeOf(answer);
    kept.delete(key);
  }

  function keep(key: string, answer: Answer): void {
    // To the end of the map: the order of insertion is the order of use.
    forget(key);
    kept.set(key, answer);
    size += sizeOf(answer);
    for (const oldest of kept.keys()) {
      if (size <= most) break;
      forget(oldest);
    }
  }

  /** @throws the signal's reason once it is aborted, which ends `answer` when nobody else waits for it. */
  return async function answerOnce(
    question: unknown,
    answer: (signal: AbortSignal) => Promise<Answer>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const index = activeIndex(store);
    const key = JSON.stringify([index?.uid, index?.appliedSeq, latestSeq(store), question]);
    const known = kept.get(key);
    noteCacheUse(name, known !== undefined);
    if (known !== undefined) {
      keep(key, known);
      return known;
    }
    const given = await share(key, answer, signal);
    if (isWorthKeeping(given)) keep(key, given);
    return given;
  };
}
