const SHINGLE = 5;
/** Keys of a set. */
export const BANDS = 64;
const ROWS = 3;
const BINS = BANDS * ROWS;
const EMPTY = 0xffffffff;

/**
 * The distinct runs of five units as ascending 32-bit hashes: a set, so the order of paragraphs
 * does not matter. A text shorter than five units has none.
 */
export function shingleSet(text: string): Uint32Array {
  const hashes = new Uint32Array(Math.max(0, text.length - SHINGLE + 1));
  for (let start = 0; start < hashes.length; start++) hashes[start] = hashShingle(text, start);
  hashes.sort();
  let distinct = 0;
  for (let at = 0; at < hashes.length; at++)
    if (at === 0 || hashes[at] !== hashes[at - 1]) hashes[distinct++] = hashes[at]!;
  return hashes.slice(0, distinct);
}

/** How many members two ascending sets share. */
export function countShared(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const difference = a[i]! - b[j]!;
    if (difference === 0) shared++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return shared;
}

/**
 * Which part of the text, 0–1, lies in runs of five units that the set holds. A single changed unit
 * costs one unit here but five shingles; another name in the place of one costs nearly as much here.
 */
export function coveredPart(text: string, shingles: Uint32Array): number {
  let covered = 0;
  let end = 0;
  for (let start = 0; start + SHINGLE <= text.length; start++) {
    const shingle = hashShingle(text, start);
    if (shingles[lowerBound(shingles, shingle)] !== shingle) continue;
    covered += start + SHINGLE - Math.max(start, end);
    end = start + SHINGLE;
  }
  return text.length === 0 ? 0 : covered / text.length;
}

/** The first place from `from` on whose value is not below `value`; the length when there is none. */
export function lowerBound(sorted: Float64Array | Uint32Array, value: number, from = 0): number {
  let low = from;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function hashShingle(text: string, start: number): number {
  return hashRange(text, start, start + SHINGLE) >>> 0;
}

/** A hash of the whole text, a signed 32-bit number. */
export function hashText(text: string): number {
  return hashRange(text, 0, text.length);
}

function hashRange(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x85ebca6b) ^ (hash >>> 13);
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
  return hash ^ (hash >>> 15);
}

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
