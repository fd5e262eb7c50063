export interface MostAlike {
  /** Whether a candidate that shares so many keys would be kept. */
  readonly accepts: (shared: number, rank: number) => boolean;
  readonly add: (shared: number, rank: number) => void;
  /** The ranks of those kept, most alike first. */
  readonly ranks: () => number[];
}

/**
 * Keeps the `most` candidates that share most keys (up to 255), of those that share equally many the
 * lowest ranks: what is kept does not depend on the order in which they were added.
 */
export function keepMostAlike(most: number): MostAlike {
  // Missing keys and rank in one number: 8 + 32 bits; the smaller the better.
  const entries: number[] = [];
  let worst = Infinity;
  const entryOf = (shared: number, rank: number) => (0xff - shared) * 2 ** 32 + rank;

  function prune(): void {
    entries.sort((a, b) => a - b);
    if (entries.length < most) return;
    entries.length = most;
    worst = entries[most - 1]!;
  }

  return {
    accepts: (shared, rank) => entryOf(shared, rank) < worst,
    add(shared, rank) {
      if (entries.push(entryOf(shared, rank)) >= 2 * most) prune();
    },
    ranks() {
      prune();
      return entries.map((entry) => entry % 2 ** 32);
    },
  };
}
