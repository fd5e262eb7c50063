/** How much is worked at, at once. */
export interface PlaceLimits {
  /** In all. */
  readonly most: number;
  /** For one client. */
  readonly share: number;
  /** Waiting, in all. */
  readonly mostWaiting: number;
  /** How long a request waits for its turn before it is turned away. */
  readonly patienceMs: number;
}

/** Gives the place back; again and again does no harm. */
export type LeavePlace = () => void;

export interface Places {
  /**
   * A place at once, or when it is the client's turn; null when none came in time or too many wait, or
   * when the signal has said that nobody wants it any more. Without a time limit only the signal ends
   * the waiting.
   */
  readonly take: (
    client: string,
    signal?: AbortSignal,
    patienceMs?: number,
  ) => Promise<LeavePlace | null>;
}

interface Client {
  running: number;
  readonly waiting: Set<() => void>;
}

/**
 * Places for work. Who finds none free, or has its share of them, waits; the places that become free go round
 * among the clients that wait, in each to the request that has waited longest.
 */
export function createPlaces({ most, share, mostWaiting, patienceMs }: PlaceLimits): Places {
  /** Those with work, the one whose turn was last at the end. */
  const clients = new Map<string, Client>();
  let running = 0;
  let waiting = 0;

  return {
    take(name, signal, patience = patienceMs) {
      const client = clients.get(name) ?? { running: 0, waiting: new Set() };
      clients.set(name, client);
      if (running < most && client.running < share) return Promise.resolve(enter(name, client));
      if (waiting >= mostWaiting || signal?.aborted === true) return Promise.resolve(null);
      return new Promise((resolve) => {
        const timer = Number.isFinite(patience) ? setTimeout(giveUp, patience) : undefined;
        const begin = () => {
          stopWaiting();
          resolve(enter(name, client));
        };
        signal?.addEventListener('abort', giveUp);
        client.waiting.add(begin);
        waiting += 1;

        function giveUp(): void {
          stopWaiting();
          forget(name, client);
          resolve(null);
        }
        function stopWaiting(): void {
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
          client.waiting.delete(begin);
          waiting -= 1;
        }
      });
    },
  };

  function enter(name: string, client: Client): LeavePlace {
    running += 1;
    client.running += 1;
    clients.delete(name);
    clients.set(name, client);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      running -= 1;
      client.running -= 1;
      forget(name, client);
      callNext();
    };
  }

  function callNext(): void {
    for (const client of clients.values()) {
      const [begin] = client.running < share ? client.waiting : [];
      if (begin === undefined) continue;
      begin();
      return;
    }
  }

  function forget(name: string, client: Client): void {
    if (client.running === 0 && client.waiting.size === 0) clients.delete(name);
  }
}
