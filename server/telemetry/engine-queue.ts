import { setTimeout as sleep } from 'node:timers/promises';
import type { IndexNode } from '../../indexer/engine/index-nodes.ts';

const EVERY_MS = 5_000;

/** How many tasks the engines have to do yet; null when one of them does not say. */
export type EngineQueue = () => number | null;

/**
 * Looks at the engines' queues now and then until the signal: it takes a key that no request path may
 * hold, so nothing that a client asks for can ask the engine.
 */
export function watchEngineQueue(nodes: readonly IndexNode[], signal: AbortSignal): EngineQueue {
  let length: number | null = null;
  const isOver = () => signal.aborted;
  void (async () => {
    while (!isOver()) {
      length = await queueLength(nodes);
      // Rejects only at the end.
      await sleep(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  })();
  return () => length;
}

async function queueLength(nodes: readonly IndexNode[]): Promise<number | null> {
  try {
    const queues = await Promise.all(
      nodes.map(({ admin }) =>
        admin.tasks.getTasks({ statuses: ['enqueued', 'processing'], limit: 1 }),
      ),
    );
    return queues.reduce((sum, { total }) => sum + total, 0);
  } catch {
    // Whoever keeps the engine running tells of its faults; here the length is just not known.
    return null;
  }
}
