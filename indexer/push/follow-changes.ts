import { setTimeout as sleep } from 'node:timers/promises';
import type { IndexKeeper } from './index-keeper.ts';

const EVERY_MS = 1_000;

/**
 * Lets the index follow the store until the signal, so that articles which the command line adds
 * beside a running service become searchable by themselves. A failure is told and tried again.
 */
export async function followChanges(
  keeper: IndexKeeper,
  signal: AbortSignal,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const isOver = () => signal.aborted;
  while (!isOver()) {
    try {
      await sleep(EVERY_MS, undefined, { signal });
      await keeper.followChanges(signal);
    } catch (error) {
      if (!isOver()) onFailure(error);
    }
  }
}
