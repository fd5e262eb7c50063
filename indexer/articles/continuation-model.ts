import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { gunzipSync } from 'node:zlib';

/**
 * A small character language model: what may follow what in Chinese news. Characters are those
 * of `modelCharacters`; `PARAGRAPH_MARK` stands for the start and the end of a paragraph.
 */
export interface ContinuationModel {
  /** Natural logarithm of P(next | context); only the last two characters of the context count. */
  readonly logProbability: (context: readonly string[], next: string) => number;
  /** How often two characters stood side by side in training; 0 when never or too rarely. */
  readonly pairCount: (first: string, second: string) => number;
  /** Number of characters trained on. */
  readonly size: number;
}

/** Marks a paragraph's start and end in the counts. */
export const PARAGRAPH_MARK = '\n';

/** Variants of one punctuation mark → the mark. */
const SAME_PUNCTUATION = new Map(
  Object.entries({
    '"': '“”「」',
    "'": '‘’『』',
    '<': '《',
    '>': '》',
    '-': '—–―',
    '.': '·',
  }).flatMap(([mark, variants]) => Array.from(variants, (variant) => [variant, mark] as const)),
);

/**
 * Returns the characters that the model counts: NFKC, white space dropped, every digit `0`, every
 * Latin letter `a`, variants of one punctuation mark made one. `３月１日，` → `0月0日,`.
 */
export function modelCharacters(text: string): string[] {
  const characters: string[] = [];
  for (const character of text.normalize('NFKC')) {
    const counted = isHan(character) ? character : countedAs(character);
    if (counted !== '') characters.push(counted);
  }
  return characters;
}

/** Returns whether a character is of the common Chinese block; by number, because this runs over every text. */
export function isHan(character: string): boolean {
  const code = character.charCodeAt(0);
  return code >= 0x4e00 && code <= 0x9fff;
}

function countedAs(character: string): string {
  if (/\s/u.test(character)) return '';
  if (/\p{Nd}/u.test(character)) return '0';
  if (/[A-Za-z]/.test(character)) return 'a';
  return SAME_PUNCTUATION.get(character) ?? character;
}

/**
 * Character n-gram counts in the form of a trie: the seconds of each first character lie side by
 * side in `pairSeconds`, the thirds of each pair in `tripleThirds`, both sorted.
 */
export interface ContinuationCounts {
  /** A character's number is its place here. */
  readonly vocabulary: readonly string[];
  readonly unigrams: Uint32Array;
  /** `pairSeconds` of character i begin at `pairStarts[i]`; one more entry than characters. */
  readonly pairStarts: Uint32Array;
  readonly pairSeconds: Uint16Array;
  /** Packed, see {@link unpackCount}. */
  readonly pairCounts: Uint8Array;
  readonly tripleStarts: Uint32Array;
  readonly tripleThirds: Uint16Array;
  readonly tripleCounts: Uint8Array;
}

/** What a file begins with; the name that the model had first. */
export const MODEL_FILE_MAGIC = 'SEAM1\n\n\n';

const UNPACKED = Float64Array.from({ length: 256 }, (_, byte) =>
  byte <= 128 ? byte : 128 * 2 ** ((byte - 128) / 10),
);

/** Returns the count that a byte stands for: exact up to 128, then ten steps for each doubling, so within 4 %. */
export function unpackCount(byte: number): number {
  return UNPACKED[byte]!;
}

/** Returns the counts of a file that `test/bench/train-continuation-model.ts` wrote; throws on any other content. */
export function parseContinuationCounts(file: Buffer): ContinuationCounts {
  const content = gunzipSync(file);
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > content.length) throw new Error('续接模型文件不完整：请重新生成或重新下载。');
    at += length;
    return content.subarray(at - length, at);
  };
  if (take(MODEL_FILE_MAGIC.length).toString('latin1') !== MODEL_FILE_MAGIC)
    throw new Error(
      '不是续接模型文件：文件头不符。请用 test/bench/train-continuation-model.ts 重新生成。',
    );
  const numbers16 = (length: number): Uint16Array => {
    const bytes = Buffer.from(new Uint8Array(take(length * 2)).buffer);
    if (endianness() === 'BE') bytes.swap16();
    return new Uint16Array(bytes.buffer, bytes.byteOffset, length);
  };
  const numbers32 = (length: number): Uint32Array => {
    const bytes = take(length * 4);
    return Uint32Array.from({ length }, (_, i) => bytes.readUInt32LE(i * 4));
  };
  const [characters, pairs, triples] = numbers32(3) as unknown as [number, number, number];
  return {
    vocabulary: Array.from(take(characters * 2).toString('utf16le')),
    unigrams: numbers32(characters),
    pairStarts: startsOf(numbers16(characters)),
    pairSeconds: numbers16(pairs),
    pairCounts: new Uint8Array(take(pairs)),
    tripleStarts: startsOf(numbers16(pairs)),
    tripleThirds: numbers16(triples),
    tripleCounts: new Uint8Array(take(triples)),
  };
}

function startsOf(lengths: Uint16Array): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) starts[i + 1] = starts[i]! + lengths[i]!;
  return starts;
}

const SHIPPED_MODEL = new URL('../../config/continuation-model/counts.bin.gz', import.meta.url);

/** Returns the model that ships in `config/continuation-model`. Throws when it cannot be read. */
export function loadContinuationModel(): ContinuationModel {
  return continuationModelFromCounts(parseContinuationCounts(readFileSync(SHIPPED_MODEL)));
}

/**
 * Returns the model that counts make: trigrams backed by bigrams, unigrams and a uniform floor,
 * each level weighted by its number of different continuations (Witten and Bell 1991, method C).
 */
export function continuationModelFromCounts(counts: ContinuationCounts): ContinuationModel {
  const { vocabulary, unigrams, pairStarts, pairCounts, tripleStarts } = counts;
  const numberOf = new Map(vocabulary.map((character, index) => [character, index]));
  const size = unigrams.reduce((sum, count) => sum + count, 0);
  const pairTotals = Float64Array.from(vocabulary, (_, first) =>
    pairCounts
      .subarray(pairStarts[first], pairStarts[first + 1])
      .reduce((sum, count) => sum + unpackCount(count), 0),
  );
  const pairIndex = (first: number, second: number): number =>
    indexIn(counts.pairSeconds, pairStarts[first]!, pairStarts[first + 1]!, second);

  const single = (next: number | undefined): number => {
    const types = vocabulary.length;
    const seen = next === undefined ? 0 : unigrams[next]!;
    return (seen + types / 20_000) / (size + types);
  };
  const afterOne = (first: number | undefined, next: number | undefined): number => {
    if (first === undefined) return single(next);
    const types = pairStarts[first + 1]! - pairStarts[first]!;
    if (types === 0) return single(next);
    const pair = next === undefined ? -1 : pairIndex(first, next);
    const seen = pair < 0 ? 0 : unpackCount(pairCounts[pair]!);
    return (seen + types * single(next)) / (pairTotals[first]! + types);
  };
  const afterTwo = (
    first: number | undefined,
    second: number | undefined,
    next: number | undefined,
  ): number => {
    const shorter = afterOne(second, next);
    const pair = first === undefined || second === undefined ? -1 : pairIndex(first, second);
    if (pair < 0) return shorter;
    const [from, to] = [tripleStarts[pair]!, tripleStarts[pair + 1]!];
    // Rare triples were dropped from the file, so a pair always keeps some weight for the shorter context.
    const types = to - from + 1;
    const triple = next === undefined ? -1 : indexIn(counts.tripleThirds, from, to, next);
    const seen = triple < 0 ? 0 : unpackCount(counts.tripleCounts[triple]!);
    const total = Math.max(unpackCount(pairCounts[pair]!), seen);
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
      const [a, b] = [numberOf.get(first), numberOf.get(second)];
      const pair = a === undefined || b === undefined ? -1 : pairIndex(a, b);
      return pair < 0 ? 0 : unpackCount(pairCounts[pair]!);
    },
  };
}

/** Where a number stands in a sorted stretch of a list; -1 when it does not. */
function indexIn(sorted: Uint16Array, from: number, to: number, wanted: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low < to && sorted[low] === wanted ? low : -1;
}
