const SHINGLE = 5;

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
    if (!isMember(shingles, hashShingle(text, start))) continue;
    covered += start + SHINGLE - Math.max(start, end);
    end = start + SHINGLE;
  }
  return text.length === 0 ? 0 : covered / text.length;
}

function isMember(sorted: Uint32Array, value: number): boolean {
  let low = 0;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
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
