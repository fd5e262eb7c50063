import { takeTurn } from './fair-turns.ts';

/** A page that waits this long for its turn, and a little for others, has not waited noticeably. */
const LONGEST_MS = 10;

/** Asked often in long work: undefined, or the turn of the event loop that it is time to wait for. */
export type YieldToEventLoop = () => Promise<void> | undefined;

let arrivals = 0;

/** When the present round of the event loop was first looked at; null: not yet. */
let roundBegan: number | null = null;

function beginningOfRound(): number {
  if (roundBegan === null) {
    roundBegan = performance.now();
    setImmediate(() => (roundBegan = null));
  }
  return roundBegan;
}

/**
 * What takes long lets requests, signals and whatever else the process does have a turn every 10 ms. However much
 * of it there is, the event loop goes round after each 10 ms of all of it; what has worked least goes on first.
 * What only waited, for an answer say, has not worked.
 * Never asked within a transaction, for others would write into it.
 */
export function createYielder(): YieldToEventLoop {
  let spent = 0;
  let since = beginningOfRound();
  const contender = {
    arrival: ++arrivals,
    isBackground: false,
    spent: () => spent,
    refusal: () => null,
  };
  return () => {
    const worked = performance.now() - Math.max(since, beginningOfRound());
    if (worked < LONGEST_MS) return undefined;
    spent += worked;
    return takeTurn(contender).then(() => {
      since = beginningOfRound();
    });
  };
}

/** The first turn of what has just come: a crowd that comes is let in before any of it is worked for. */
export function takeFirstTurn(): Promise<void> {
  return takeTurn({
    arrival: ++arrivals,
    isBackground: false,
    spent: () => 0,
    refusal: () => null,
  });
}
