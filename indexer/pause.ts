import { takeTurn } from './fair-turns.ts';

/** A page that waits this long for its turn, and a little for others, has not waited noticeably. */
const LONGEST_MS = 10;

/** Of a longer stretch the rest was waiting for something else, and no work. */
const MOST_WORKED_MS = 50;

/** Asked often in long work: undefined, or the turn of the event loop that it is time to wait for. */
export type Pause = () => Promise<void> | undefined;

let arrivals = 0;

/**
 * What takes long lets requests, signals and whatever else the process does have a turn every 10 ms. However much
 * of it there is, the event loop goes round after each 10 ms of all of it; what has worked least goes on first.
 * Never asked within a transaction, for others would write into it.
 */
export function createPause(): Pause {
  let spent = 0;
  let since = performance.now();
  const contender = {
    arrival: ++arrivals,
    isBackground: false,
    spent: () => spent,
    refusal: () => null,
  };
  return () => {
    const worked = performance.now() - since;
    if (worked < LONGEST_MS) return undefined;
    spent += Math.min(worked, MOST_WORKED_MS);
    return takeTurn(contender).then(() => {
      since = performance.now();
    });
  };
}
