interface Shared<Result> {
  readonly done: Promise<Result>;
  readonly ending: AbortController;
  waiting: number;
}

/**
 * Does once what several ask for at the same time. Who gives up leaves the others their answer: the work is
 * ended when nobody waits for it any more. Nothing is kept, neither an answer nor a failure.
 */
export function createSharedWork<Result>() {
  const underWay = new Map<string, Shared<Result>>();

  function begin(key: string, work: (signal: AbortSignal) => Promise<Result>): Shared<Result> {
    const ending = new AbortController();
    const done = work(ending.signal).finally(() => forget(key, shared));
    // Those who wait hear of a failure; when all have left, nobody need.
    done.catch(() => undefined);
    const shared: Shared<Result> = { done, ending, waiting: 0 };
    underWay.set(key, shared);
    return shared;
  }

  function forget(key: string, shared: Shared<Result>): void {
    if (underWay.get(key) === shared) underWay.delete(key);
  }

  /** @throws the signal's reason once it is aborted; what the work throws. */
  return async function share(
    key: string,
    work: (signal: AbortSignal) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    signal?.throwIfAborted();
    const shared = underWay.get(key) ?? begin(key, work);
    shared.waiting += 1;
    let leave: (() => void) | undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        shared.waiting -= 1;
        reject(signal?.reason as Error);
        if (shared.waiting > 0) return;
        forget(key, shared);
        shared.ending.abort(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([shared.done, left]);
    } finally {
      if (leave !== undefined) signal?.removeEventListener('abort', leave);
    }
  };
}
