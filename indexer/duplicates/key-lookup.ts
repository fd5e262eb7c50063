const FILTER_BITS = 22;

/**
 * Tells of the sets before place `before` that share a key with `keys`, and how many keys it shares
 * with each.
 */
export type KeyLookup = (
  keys: Int32Array,
  before: number,
  tell: (place: number, shared: number) => void,
) => void;

/** A look-up over up to 2²¹ sets of keys. */
export function createKeyLookup(sets: readonly Int32Array[]): KeyLookup {
  // Key and place in one number: 32 + 21 bits.
  const entries = new Float64Array(sets.reduce((sum, keys) => sum + keys.length, 0));
  const filter = new Uint8Array(1 << FILTER_BITS);
  let filled = 0;
  for (const [place, keys] of sets.entries())
    for (const key of keys) {
      entries[filled++] = (key >>> 0) * 0x200000 + place;
      filter[key >>> (32 - FILTER_BITS)] = 1;
    }
  entries.sort();
  const shared = new Uint8Array(sets.length);

  return (keys, before, tell) => {
    const met: number[] = [];
    for (const key of keys) {
      if (filter[key >>> (32 - FILTER_BITS)] === 0) continue;
      const from = (key >>> 0) * 0x200000;
      for (let at = lowerBound(entries, from); entries[at]! < from + before; at++) {
        const place = entries[at]! - from;
        if (shared[place] === 0) met.push(place);
        shared[place]! += 1;
      }
    }
    for (const place of met) {
      tell(place, shared[place]!);
      shared[place] = 0;
    }
  };
}

/** The first place from `from` on whose value is not below `value`. */
export function lowerBound(sorted: Float64Array, value: number, from = 0): number {
  let low = from;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
