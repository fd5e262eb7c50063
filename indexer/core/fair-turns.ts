import { setImmediate as nextTurn } from 'node:timers/promises';

/** Somebody who has work to do in turns. */
export interface Contender {
  /** The earlier came first. */
  readonly arrival: number;
  /** Milliseconds of work done so far. */
  readonly spent: () => number;
  /** Work that nobody looks at comes after all that somebody waits for. */
  readonly isBackground: boolean;
  /** Why it must not go on; null: it may. */
  readonly refusal: () => Error | null;
}

/** In each round the event loop takes one new connection: a crowd that comes goes before long work, for so long. */
const ROUNDS_MS = 20;
/** A round in which something was done takes longer, one in which nothing was some 20 µs. */
const IDLE_MS = 0.1;

/** So many turns, of which one goes to who has waited longest: what takes long goes on in any rush. */
const TURNS_TO_LONGEST = 4;

/** Who has had this much goes behind those who have not, and again at twice as much, and so on. */
const SHORT_MS = 10;

interface Waiting {
  readonly contender: Contender;
  readonly go: () => void;
  readonly refuse: (reason: Error) => void;
}

/**
 * One turn of work at a time, between which the event loop answers everybody else. Short work goes first,
 * equally short work in the order in which it came, so that what takes 50 ms waits behind no more than others
 * like it: a multilevel feedback queue (Corbató and others 1962).
 */
export function createFairTurns() {
  let waiting: Waiting[] = [];
  let isHandingOut = false;
  let handedOut = 0;

  /** Who is next; those who must not go on are told so and leave. */
  function takeNext(): Waiting | undefined {
    waiting = waiting.filter(({ contender, refuse }) => {
      const refusal = contender.refusal();
      if (refusal !== null) refuse(refusal);
      return refusal === null;
    });
    const [first, ...others] = waiting;
    if (first === undefined) return undefined;
    const isForLongest = ++handedOut % TURNS_TO_LONGEST === 0;
    const next =
      (isForLongest ? waiting.find(({ contender }) => !contender.isBackground) : undefined) ??
      others.reduce((best, one) => (goesBefore(one, best) ? one : best), first);
    waiting.splice(waiting.indexOf(next), 1);
    return next;
  }

  async function handOut(): Promise<void> {
    isHandingOut = true;
    while (waiting.length > 0) {
      await idleRound();
      takeNext()?.go();
    }
    isHandingOut = false;
  }

  /** Fulfilled when it is this one's turn, which lasts until it gives the thread back; rejected with its refusal. */
  return function turn(contender: Contender): Promise<void> {
    return new Promise((go, refuse) => {
      waiting.push({ contender, go, refuse });
      if (!isHandingOut) void handOut();
    });
  };
}

/** A turn of the process, whose event loop all long work shares. */
export const takeTurn = createFairTurns();

/** Until the event loop has nothing else to do, or it has been doing it for long. */
async function idleRound(): Promise<void> {
  const until = performance.now() + ROUNDS_MS;
  for (let began = performance.now(); began < until;) {
    await nextTurn();
    const now = performance.now();
    if (now - began < IDLE_MS) return;
    began = now;
  }
}

function goesBefore({ contender: a }: Waiting, { contender: b }: Waiting): boolean {
  if (a.isBackground !== b.isBackground) return b.isBackground;
  const [levelA, levelB] = [levelOf(a), levelOf(b)];
  return levelA === levelB ? a.arrival < b.arrival : levelA < levelB;
}

function levelOf(contender: Contender): number {
  const spent = contender.spent();
  return spent < SHORT_MS ? 0 : 1 + Math.floor(Math.log2(spent / SHORT_MS));
}
