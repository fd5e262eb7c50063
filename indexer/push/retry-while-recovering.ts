import pRetry from 'p-retry';
import type { Engine } from '../engine/engine.ts';
import { suspectsCorruption, isTransient } from '../engine/engine-error.ts';

/** With growing pauses these are about three minutes without the engine. */
const RETRIES = 15;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 20_000;

/**
 * Does work that goes on where it left off, again and again while the engine restarts or is cut off.
 * Data that turn out to be damaged are discarded, once: what fails the same way on fresh data has another
 * cause.
 * @throws what the work throws, when it is not the engine's absence or lasts for some minutes.
 */
export function retryWhileRecovering<T>(
  work: () => Promise<T>,
  {
    engine,
    say,
    signal,
  }: {
    readonly engine: Pick<Engine, 'discardData'>;
    readonly say: (message: string) => void;
    readonly signal?: AbortSignal;
  },
): Promise<T> {
  let isDiscarded = false;
  return pRetry(work, {
    retries: RETRIES,
    minTimeout: FIRST_PAUSE_MS,
    maxTimeout: LONGEST_PAUSE_MS,
    ...(signal === undefined ? {} : { signal }),
    async shouldRetry({ error, retriesConsumed }) {
      if (signal?.aborted === true) return false;
      if (suspectsCorruption(error)) {
        if (isDiscarded) return false;
        isDiscarded = true;
        say(`索引数据已损坏（${error.message}），清空后从文章库重建`);
        await engine.discardData(`索引数据已损坏：${error.message}`);
        return true;
      }
      if (!isTransient(error)) return false;
      if (retriesConsumed === 0) say(`写索引中断（${error.message}），等引擎恢复后接着写`);
      return true;
    },
  });
}
