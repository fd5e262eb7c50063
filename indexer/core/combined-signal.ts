import { setMaxListeners } from 'node:events';

/**
 * Runs `work` with a signal that ends when any of these does, or after `limit` milliseconds, and lets go
 * of all of them when the work is done. Not `AbortSignal.any`: in Node 20 one that was ever listened to is
 * kept as long as its sources (nodejs/node issue 55328), which for every search are some kilobytes.
 * @throws what `work` throws; at the limit a signal's usual `TimeoutError` is the reason of its end.
 */
export async function withCombinedSignal<T>(
  sources: readonly (AbortSignal | undefined)[],
  work: (signal: AbortSignal) => Promise<T>,
  limit?: number,
): Promise<T> {
  const combined = new AbortController();
  const given = sources.filter((source) => source !== undefined);
  const end = () => combined.abort(given.find(({ aborted }) => aborted)?.reason);
  for (const source of given) {
    // A search asks the engines some twenty things at once; Node would warn of a leak from the eleventh on.
    setMaxListeners(0, source);
    source.addEventListener('abort', end, { once: true });
  }
  const timer =
    limit === undefined
      ? undefined
      : setTimeout(
          () => combined.abort(new DOMException(`no answer within ${limit} ms`, 'TimeoutError')),
          limit,
        );
  try {
    if (given.some(({ aborted }) => aborted)) end();
    return await work(combined.signal);
  } finally {
    clearTimeout(timer);
    for (const source of given) source.removeEventListener('abort', end);
  }
}
