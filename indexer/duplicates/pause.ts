import { setImmediate as nextTurn } from 'node:timers/promises';

const LONGEST_MS = 50;

/** Asked often in long work: undefined, or the turn of the event loop that it is time to wait for. */
export type Pause = () => Promise<void> | undefined;

/**
 * Comparing may take minutes; signals and whatever else the process does get a turn every 50 ms.
 * Never asked within a transaction, for others would write into it.
 */
export function createPause(): Pause {
  let since = performance.now();
  return () => {
    if (performance.now() - since < LONGEST_MS) return undefined;
    return nextTurn().then(() => {
      since = performance.now();
    });
  };
}
