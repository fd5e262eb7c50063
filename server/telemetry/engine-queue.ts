import { setTimeout as sleep } from 'node:timers/promises';
import type { Meilisearch } from 'meilisearch';

const EVERY_MS = 5_000;

/** How many tasks the engine has to do yet; null when it does not say. */
export type EngineQueue = () => number | null;

/**
 * Looks at the engine's queue now and then until the signal: it takes a key that no request path may
 * hold, so nothing that a client asks for can ask the engine.
 */
export function watchEngineQueue(client: Meilisearch, signal: AbortSignal): EngineQueue {
  let length: number | null = null;
  const isOver = () => signal.aborted;
  void (async () => {
    while (!isOver()) {
      length = await queueLength(client);
      // Rejects only at the end.
      await sleep(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  })();
  return () => length;
}

async function queueLength(client: Meilisearch): Promise<number | null> {
  try {
    const { total } = await client.tasks.getTasks({
      statuses: ['enqueued', 'processing'],
      limit: 1,
    });
    return total;
  } catch {
    // Whoever keeps the engine running tells of its faults; here the length is just not known.
    return null;
  }
}
