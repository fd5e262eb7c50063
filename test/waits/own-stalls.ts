import { performance } from 'node:perf_hooks';

const TICK_MS = 10;
/** A timer comes some milliseconds late on any machine. */
const UNNOTICED_MS = 15;
const REMEMBERED = 2_000;

interface Stall {
  readonly from: number;
  readonly to: number;
}

export interface OwnStalls {
  /** Milliseconds between two moments of `performance.now()` in which this process itself stood still. */
  readonly between: (from: number, to: number) => number;
  /** All of them so far, and the longest; milliseconds. */
  readonly sum: () => { readonly all: number; readonly longest: number };
  readonly stop: () => void;
}

/**
 * Watches this process for moments in which its event loop, or the whole machine, stood still: what was
 * measured across them is not the fault of who was measured.
 */
export function watchOwnStalls(): OwnStalls {
  const stalls: Stall[] = [];
  let last = performance.now();
  let all = 0;
  let longest = 0;
  const timer = setInterval(tick, TICK_MS);

  function tick(): void {
    const now = performance.now();
    const late = now - last - TICK_MS;
    if (late > UNNOTICED_MS) {
      stalls.push({ from: last + TICK_MS, to: now });
      if (stalls.length > REMEMBERED) stalls.shift();
      all += late;
      longest = Math.max(longest, late);
    }
    last = now;
  }

  return {
    between(from, to) {
      tick();
      return stalls.reduce(
        (sum, stall) => sum + Math.max(0, Math.min(to, stall.to) - Math.max(from, stall.from)),
        0,
      );
    },
    sum: () => ({ all, longest }),
    stop: () => clearInterval(timer),
  };
}
