import { setImmediate as nextTurn } from 'node:timers/promises';

/** A page that waits this long for its turn, and a little for others, has not waited noticeably. */
const LONGEST_MS = 10;

/** Asked often in long work: undefined, or the turn of the event loop that it is time to wait for. */
export type Pause = () => Promise<void> | undefined;

/**
 * What takes long lets requests, signals and whatever else the process does have a turn every 10 ms.
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
