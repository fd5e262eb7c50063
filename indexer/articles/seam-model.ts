import { readFileSync } from 'node:fs';
import { parseSeamCounts, unpackCount, type SeamCounts } from './seam-counts.ts';

/**
 * A small character language model: what may follow what in Chinese news. Characters are those
 * of `seamCharacters`; `PARAGRAPH_MARK` stands for the start and the end of a paragraph.
 */
export interface SeamModel {
  /** Natural logarithm of P(next | context); only the last two characters of the context count. */
  readonly logProbability: (context: readonly string[], next: string) => number;
  /** How often two characters stood side by side in training; 0 when never or too rarely. */
  readonly pairCount: (first: string, second: string) => number;
  /** Number of characters trained on. */
  readonly size: number;
}

const SHIPPED_MODEL = new URL('../../config/seam-model/seam-counts.bin.gz', import.meta.url);

/** Returns the model in a file; by default the one that ships in `config/seam-model`. Throws when it cannot be read. */
export function loadSeamModel(file: string | URL = SHIPPED_MODEL): SeamModel {
  return seamModelFromCounts(parseSeamCounts(readFileSync(file)));
}

/**
 * Returns the model that counts make: trigrams backed by bigrams, unigrams and a uniform floor,
 * each level weighted by its number of different continuations (Witten and Bell 1991, method C).
 */
export function seamModelFromCounts(counts: SeamCounts): SeamModel {
  const numberOf = new Map(counts.vocabulary.map((character, index) => [character, index]));
  const size = counts.unigrams.reduce((sum, count) => sum + count, 0);
  const pairTotals = new Float64Array(counts.vocabulary.length);
  for (let first = 0; first < pairTotals.length; first++) {
    for (let i = counts.pairStarts[first]!; i < counts.pairStarts[first + 1]!; i++) {
      pairTotals[first]! += unpackCount(counts.pairCounts[i]!);
    }
  }

  const indexIn = (sorted: Uint16Array, from: number, to: number, wanted: number): number => {
    let low = from;
    let high = to - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = sorted[middle]!;
      if (found === wanted) return middle;
      if (found < wanted) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  };
  const pairIndex = (first: number, second: number): number =>
    indexIn(counts.pairSeconds, counts.pairStarts[first]!, counts.pairStarts[first + 1]!, second);

  const single = (next: number | undefined): number => {
    const types = counts.vocabulary.length;
    const seen = next === undefined ? 0 : counts.unigrams[next]!;
    return (seen + types / 20_000) / (size + types);
  };
  const afterOne = (first: number | undefined, next: number | undefined): number => {
    if (first === undefined) return single(next);
    const types = counts.pairStarts[first + 1]! - counts.pairStarts[first]!;
    if (types === 0) return single(next);
    const pair = next === undefined ? -1 : pairIndex(first, next);
    const seen = pair < 0 ? 0 : unpackCount(counts.pairCounts[pair]!);
    return (seen + types * single(next)) / (pairTotals[first]! + types);
  };
  const afterTwo = (
    first: number | undefined,
    second: number | undefined,
    next: number | undefined,
  ): number => {
    const shorter = afterOne(second, next);
    if (first === undefined || second === undefined) return shorter;
    const pair = pairIndex(first, second);
    if (pair < 0) return shorter;
    const from = counts.tripleStarts[pair]!;
    const to = counts.tripleStarts[pair + 1]!;
    // Rare triples were dropped from the file, so a pair always keeps some weight for the shorter context.
    const types = to - from + 1;
    const triple = next === undefined ? -1 : indexIn(counts.tripleThirds, from, to, next);
    const seen = triple < 0 ? 0 : unpackCount(counts.tripleCounts[triple]!);
    const total = Math.max(unpackCount(counts.pairCounts[pair]!), seen);
    return (seen + types * shorter) / (total + types);
  };

  return {
    size,
    logProbability: (context, next) => {
      const [first, second] = [context[context.length - 2], context[context.length - 1]];
      const known = numberOf.get(next);
      if (second === undefined) return Math.log(single(known));
      if (first === undefined) return Math.log(afterOne(numberOf.get(second), known));
      return Math.log(afterTwo(numberOf.get(first), numberOf.get(second), known));
    },
    pairCount: (first, second) => {
      const a = numberOf.get(first);
      const b = numberOf.get(second);
      if (a === undefined || b === undefined) return 0;
      const pair = pairIndex(a, b);
      return pair < 0 ? 0 : unpackCount(counts.pairCounts[pair]!);
    },
  };
}
