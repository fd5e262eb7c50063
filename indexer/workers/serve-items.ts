import { parentPort } from 'node:worker_threads';
import type { Outcome } from './worker-pool.ts';

/** The thread's side of a pool: answers each list of items with their outcomes, in their order. */
export function serveItems(work: (item: never) => unknown): void {
  const port = parentPort;
  if (port === null) throw new Error('serveItems belongs in a worker thread');
  port.on('message', (items: readonly never[]) => port.postMessage(items.map(attempt)));
  port.postMessage('ready');

  function attempt(item: never): Outcome<unknown> {
    try {
      return { type: 'done', value: work(item) };
    } catch (error) {
      return { type: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}
