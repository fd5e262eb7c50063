import { parentPort } from 'node:worker_threads';

/** What became of one item: its result, or why there is none. */
export type Outcome<Out> =
  | { readonly type: 'done'; readonly value: Out }
  | { readonly type: 'failed'; readonly reason: string };

export async function outcomeOf<Out>(work: () => Out | Promise<Out>): Promise<Outcome<Out>> {
  try {
    return { type: 'done', value: await work() };
  } catch (error) {
    return { type: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The thread's side of a pool: answers each list of items with their outcomes, in their order; `work` may take turns. */
export function serveItems(work: (item: never) => unknown): void {
  const port = parentPort;
  if (port === null) throw new Error('serveItems belongs in a worker thread');
  port.on('message', (items: readonly never[]) => {
    void (async () => {
      const outcomes: Outcome<unknown>[] = [];
      for (const item of items) outcomes.push(await outcomeOf(() => work(item)));
      port.postMessage(outcomes);
    })();
  });
  port.postMessage('ready');
}
