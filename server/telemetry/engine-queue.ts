import { setTimeout as sleep } from 'node:timers/promises';
import type { IndexEngine } from '../../indexer/engine/index-engine.ts';

const EVERY_MS = 5_000;

/** How many tasks the engines have to do yet; null when one of them does not say. */
export type EngineQueue = () => number | null;

/**
 * Looks at the engines' queues now and then until the signal: it takes a key that no request path may
 * hold, so nothing that a client asks for can ask the engine.
 */
export function watchEngineQueue(nodes: readonly IndexEngine[], signal: AbortSignal): EngineQueue {
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

async function queueLength(nodes: readonly IndexEngine[]): Promise<number | null> {
  try {
    const lengths = await Promise.all(nodes.map((node) => node.queueLength()));
    return lengths.reduce((sum, length) => sum + length, 0);
  } catch {
    // Whoever keeps the engine running tells of its faults; here the length is just not known.
    return null;
  }
}
