/** Keeps the values that were used last: those used longest ago go when all sizes together pass the limit. */
export function createBoundedCache<Key, Value extends object>(
  limit: number,
  sizeOf: (value: Value) => number = () => 1,
) {
  // The order of insertion is the order of use.
  const values = new Map<Key, Value>();
  let size = 0;

  function forget(key: Key): void {
    const value = values.get(key);
    if (value !== undefined) size -= sizeOf(value);
    values.delete(key);
  }

  return {
    get(key: Key): Value | undefined {
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    set(key: Key, value: Value): void {
      forget(key);
      values.set(key, value);
      size += sizeOf(value);
      for (const oldest of values.keys()) {
        if (size <= limit) break;
        forget(oldest);
      }
    },
    forget,
    values: () => [...values.values()],
  };
}

/**
 * Does once what several ask for at the same time. Who gives up leaves the others their answer: the work is
 * ended when nobody waits for it any more. Nothing is kept, neither an answer nor a failure.
 */
export function createSharedWork<Result>() {
  interface Shared {
    readonly done: Promise<Result>;
    readonly ending: AbortController;
    waiting: number;
  }
  const underWay = new Map<string, Shared>();

  function begin(key: string, work: (signal: AbortSignal) => Promise<Result>): Shared {
    const ending = new AbortController();
    const done = work(ending.signal).finally(() => forget(key, shared));
    const shared: Shared = { done, ending, waiting: 0 };
    underWay.set(key, shared);
    return shared;
  }

  function forget(key: string, shared: Shared): void {
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
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal?.reason as Error);
        shared.waiting -= 1;
        if (shared.waiting > 0) return;
        forget(key, shared);
        shared.ending.abort(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      void shared.done
        .then(resolve, reject)
        .finally(() => signal?.removeEventListener('abort', leave));
    });
  };
}

/** What is made of an object, once for all who ask for it. */
export function memoizeByOwner<Owner extends object, Made>(
  make: (owner: Owner) => Made,
): (owner: Owner) => Made {
  const made = new WeakMap<Owner, { readonly value: Made }>();
  return (owner) => {
    const known = made.get(owner) ?? { value: make(owner) };
    made.set(owner, known);
    return known.value;
  };
}

/** What is made of something that changes, anew only when its version is another. */
export function memoizeByVersion<Made>(version: () => number, make: () => Made): () => Made {
  let known: { readonly version: number; readonly value: Made } | undefined;
  return () => {
    const now = version();
    if (known?.version !== now) known = { version: now, value: make() };
    return known.value;
  };
}
