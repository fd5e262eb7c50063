import type { MessagePort } from 'node:worker_threads';
import { parentPort } from 'node:worker_threads';
import type { Outcome } from './worker-pool.ts';

/** The thread's side of a pool: answers each list of items with their outcomes, in their order; `work` may take turns. */
export function serveItems(work: (item: never) => unknown): void {
  const port = parentPort;
  if (port === null) throw new Error('serveItems belongs in a worker thread');
  port.on('message', (items: readonly never[]) => void answer(port, items));
  port.postMessage('ready');

  async function answer(port: MessagePort, items: readonly never[]): Promise<void> {
    const outcomes: Outcome<unknown>[] = [];
    for (const item of items) outcomes.push(await attempt(item));
    port.postMessage(outcomes);
  }

  async function attempt(item: never): Promise<Outcome<unknown>> {
    try {
      return { type: 'done', value: await work(item) };
    } catch (error) {
      return { type: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}
