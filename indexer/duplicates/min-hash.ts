/** Keys of a set. */
export const BANDS = 64;
const ROWS = 3;
const BINS = BANDS * ROWS;
const EMPTY = 0xffffffff;

/**
 * Locality-sensitive keys of a shingle set, one for each band; none for an empty set. Two sets of
 * Jaccard similarity s share a band with probability of about 1 − (1 − s³)⁶⁴: 0.95 at 0.36, 0.9998
 * at 0.5 (banding as in Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3). The
 * minima come from one permutation cut into bins (Li, Owen, Zhang 2012), empty bins filled by
 * optimal densification (Shrivastava 2017): one hash for each shingle instead of 192.
 */
export function bandKeys(shingles: Uint32Array): Int32Array {
  if (shingles.length === 0) return new Int32Array(0);
  const minima = fillEmptyBins(binMinima(shingles));
  const keys = new Int32Array(BANDS);
  for (let band = 0; band < BANDS; band++) {
    let key = band;
    for (let row = 0; row < ROWS; row++)
      key = mix(Math.imul(key, 0x9e3779b1) ^ minima[band * ROWS + row]!);
    keys[band] = key;
  }
  return keys;
}

function binMinima(shingles: Uint32Array): Uint32Array {
  const minima = new Uint32Array(BINS).fill(EMPTY);
  for (const shingle of shingles) {
    const value = Math.min(mix(shingle) >>> 0, EMPTY - 1);
    const bin = value % BINS;
    if (value < minima[bin]!) minima[bin] = value;
  }
  return minima;
}

/** Each empty bin takes the value of a bin chosen by hashing, the same choice for every set. */
function fillEmptyBins(minima: Uint32Array): Uint32Array {
  return minima.map((minimum, bin) => {
    for (let attempt = 1; minimum === EMPTY; attempt++)
      minimum = minima[(mix(Math.imul(bin + 1, 0x9e3779b9) + attempt) >>> 0) % BINS]!;
    return minimum;
  });
}

/** The finalizer of MurmurHash3, which spreads every input bit over all 32. */
function mix(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
