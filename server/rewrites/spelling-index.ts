import { countWhile } from '../../indexer/core/count-while.ts';
import { soundOf } from './near-characters.ts';

/** A word that may have been meant. */
export interface KnownWord {
  readonly word: string;
  /** In how many places of the corpus, or any figure that grows with it. */
  readonly count: number;
  readonly isPark: boolean;
}

export interface SpellingIndex {
  readonly find: (word: string) => KnownWord | undefined;
  /** Words that sound the same without tones, or differ in one character; the word itself left out. */
  readonly findNear: (word: string) => KnownWord[];
}

const LONGEST = 24;
/** Longer words differ in more than one place, or are found by a part. */
const LONGEST_WITH_GAPS = 12;
// More words than this at one key are words like 高? that share a character and no more.
const MOST_AT_ONE_KEY = 400;

/**
 * Indexes words by their sound and with a gap at each character. Keys are hashes, sorted in one typed
 * array: 200,000 words take about 0.3 s, in steps of less than a millisecond, and 10 MB; what is found is
 * compared in full.
 */
export function* buildSpellingIndex(words: Iterable<KnownWord>): Generator<void, SpellingIndex> {
  const known = new Map<string, KnownWord>();
  let keyCount = 0;
  let read = 0;
  for (const entry of words) {
    const { word } = entry;
    if (++read % WORDS_A_STEP === 0) yield;
    if (word.length < 2 || word.length > LONGEST || known.size >= MOST_WORDS) continue;
    const other = known.get(word);
    if (other === undefined) keyCount += 1 + (word.length <= LONGEST_WITH_GAPS ? word.length : 0);
    if (other === undefined || (entry.isPark && !other.isPark)) known.set(word, entry);
  }
  const entries = [...known.values()];
  const unsorted = new Float64Array(keyCount);
  let filled = 0;
  for (const [at, { word }] of entries.entries()) {
    if (at % WORDS_A_STEP === 0) yield;
    unsorted[filled++] = soundHash(word) * MOST_WORDS + at;
    if (word.length > LONGEST_WITH_GAPS) continue;
    const hash = textHash(word);
    for (let gap = 0; gap < word.length; gap++)
      unsorted[filled++] = gapHash(word, hash, gap) * MOST_WORDS + at;
  }
  const keys = yield* sortKeys(unsorted);

  function addAll(hash: number, fits: (word: string) => boolean, found: Set<KnownWord>): void {
    const end = (hash + 1) * MOST_WORDS;
    const first = countWhile(keys, (key) => key < hash * MOST_WORDS);
    for (
      let at = first;
      at < first + MOST_AT_ONE_KEY && at < keys.length && keys[at]! < end;
      at++
    ) {
      const entry = entries[keys[at]! % MOST_WORDS]!;
      if (fits(entry.word)) found.add(entry);
    }
  }

  return {
    find: (word) => known.get(word),
    findNear(word) {
      const found = new Set<KnownWord>();
      const sounds = Array.from(word, soundOf);
      addAll(
        soundHash(word),
        (other) =>
          other !== word &&
          other.length === word.length &&
          sounds.every((sound, at) => sound === soundOf(other[at]!)),
        found,
      );
      if (word.length > LONGEST_WITH_GAPS) return [...found];
      const hash = textHash(word);
      for (let gap = 0; gap < word.length; gap++)
        addAll(gapHash(word, hash, gap), (other) => differsOnlyAt(word, other, gap), found);
      return [...found];
    },
  };
}

const MOST_WORDS = 2 ** 20;
const WORDS_A_STEP = 500;
const KEYS_A_STEP = 20_000;
const BUCKETS = 2 ** 10;
/** Hashes have 32 bits. */
const BUCKET_SIZE = (2 ** 32 * MOST_WORDS) / BUCKETS;

/** Sorted by their first bits, then within each part: to sort all in one go takes 150 ms. */
function* sortKeys(unsorted: Float64Array): Generator<void, Float64Array> {
  const starts = new Uint32Array(BUCKETS + 1);
  for (const [at, key] of unsorted.entries()) {
    if (at % KEYS_A_STEP === 0) yield;
    starts[Math.floor(key / BUCKET_SIZE) + 1]! += 1;
  }
  for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1]! += starts[bucket]!;
  const sorted = new Float64Array(unsorted.length);
  const ends = starts.slice();
  for (const [at, key] of unsorted.entries()) {
    if (at % KEYS_A_STEP === 0) yield;
    sorted[ends[Math.floor(key / BUCKET_SIZE)]!++] = key;
  }
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    sorted.subarray(starts[bucket], starts[bucket + 1]).sort();
    yield;
  }
  return sorted;
}

const FACTOR = 0x01000193;
const GAP = 0x7fff;

const powers = new Int32Array(LONGEST);
powers[0] = 1;
for (let at = 1; at < LONGEST; at++) powers[at] = Math.imul(powers[at - 1]!, FACTOR);

function textHash(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++)
    hash = (hash + Math.imul(word.charCodeAt(at), powers[at]!)) | 0;
  return hash;
}

/** The hash of the word with its character at `gap` replaced by one that stands for any. */
function gapHash(word: string, hash: number, gap: number): number {
  return (hash + Math.imul(GAP - word.charCodeAt(gap), powers[gap]!)) >>> 0;
}

const syllables = new Map<string, number>();
const syllableOf = new Int32Array(0x10000);

function soundHash(word: string): number {
  let hash = 0x5f5e100;
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    if (syllableOf[unit] === 0) {
      const sound = soundOf(word[at]!);
      if (!syllables.has(sound)) syllables.set(sound, syllables.size + 1);
      syllableOf[unit] = syllables.get(sound)!;
    }
    hash = Math.imul(hash ^ syllableOf[unit]!, FACTOR);
  }
  return hash >>> 0;
}

function differsOnlyAt(word: string, other: string, gap: number): boolean {
  return (
    other.length === word.length &&
    other[gap] !== word[gap] &&
    other.startsWith(word.slice(0, gap)) &&
    other.endsWith(word.slice(gap + 1))
  );
}
