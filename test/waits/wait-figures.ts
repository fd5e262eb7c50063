/** What one kind of attack did to those who had nothing to do with it. Milliseconds. */
export interface WaitFigures {
  /** Answers, and those that would have been asked for while one was waited for. */
  readonly waits: number;
  readonly median: number;
  readonly p99: number;
  readonly p999: number;
  readonly longest: number;
  /** Which request waited longest, and when it was answered. */
  readonly longestOf: string;
  /** Turned away on purpose: 503 or 429 with Retry-After. */
  readonly away: number;
  /** Answered wrongly or not at all. */
  readonly failed: number;
  /** The first of them. */
  readonly failure: string;
  /** Waits from which a stall of the measuring process was taken away. */
  readonly shortened: number;
}

/** Waits as they are collected. */
export interface Waits {
  readonly all: number[];
  longest: number;
  longestOf: string;
  away: number;
  failed: number;
  failure: string;
  shortened: number;
}

export function noWaits(): Waits {
  return { all: [], longest: 0, longestOf: '', away: 0, failed: 0, failure: '', shortened: 0 };
}

/**
 * Adds a wait of a request that is due every `everyMs`. Those that would have been asked meanwhile would
 * have waited too: without them, a standstill of ten seconds were one answer among thousands.
 */
export function addWait(waits: Waits, ms: number, everyMs: number, what: string): void {
  waits.all.push(ms);
  for (let left = ms - everyMs; left > 0; left -= everyMs) waits.all.push(left);
  if (ms <= waits.longest) return;
  waits.longest = ms;
  waits.longestOf = what;
}

/** The figures of several collections together. */
export function figuresOf(collections: readonly Waits[]): WaitFigures {
  const sorted = Float64Array.from(collections.flatMap(({ all }) => all)).sort();
  // A wait that there was: the least that so large a share did not exceed.
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  const sum = (count: (waits: Waits) => number) =>
    collections.reduce((total, waits) => total + count(waits), 0);
  const worst = collections.toSorted((a, b) => b.longest - a.longest)[0] ?? noWaits();
  return {
    waits: sorted.length,
    median: at(0.5),
    p99: at(0.99),
    p999: at(0.999),
    longest: worst.longest,
    longestOf: worst.longestOf,
    away: sum(({ away }) => away),
    failed: sum(({ failed }) => failed),
    failure: collections.find(({ failure }) => failure !== '')?.failure ?? '',
    shortened: sum(({ shortened }) => shortened),
  };
}
