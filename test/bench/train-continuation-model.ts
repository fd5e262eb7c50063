import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import {
  PARAGRAPH_MARK,
  MODEL_FILE_MAGIC,
  modelCharacters,
  type ContinuationCounts,
} from '../../indexer/articles/continuation-model.ts';
import { folderStories, isHeldOut } from './training-text.ts';

const SMALLEST_CHARACTER_COUNT = 3;
const SMALLEST_PAIR_COUNT = 2;
const SMALLEST_TRIPLE_COUNT = 2;
/** A character's number must fit in 16 bits, so pair and triple keys fit in a double. */
const KEY_BASE = 0x10000;

/** Returns the pruned counts of paragraphs; each paragraph is set between paragraph marks. */
export function countContinuations(paragraphs: Iterable<string>): ContinuationCounts {
  const numberOf = new Map<string, number>();
  const unigrams: number[] = [];
  const pairs = new Map<number, number>();
  const triples = new Map<number, number>();
  for (const paragraph of paragraphs) {
    const text = [PARAGRAPH_MARK, ...modelCharacters(paragraph), PARAGRAPH_MARK];
    let beforeLast = -1;
    let last = -1;
    for (const character of text) {
      // Characters outside the basic plane would take two places in the file's vocabulary.
      if (character.length !== 1) continue;
      const known = numberOf.get(character);
      const number = known ?? numberOf.size;
      if (known === undefined) numberOf.set(character, number);
      unigrams[number] = (unigrams[number] ?? 0) + 1;
      if (last >= 0) increment(pairs, last * KEY_BASE + number);
      if (beforeLast >= 0) increment(triples, (beforeLast * KEY_BASE + last) * KEY_BASE + number);
      beforeLast = last;
      last = number;
    }
  }
  return pruned([...numberOf.keys()], unigrams, pairs, triples);
}

function increment(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function pruned(
  characters: readonly string[],
  unigrams: readonly number[],
  pairs: ReadonlyMap<number, number>,
  triples: ReadonlyMap<number, number>,
): ContinuationCounts {
  const kept = characters
    .map((_, number) => number)
    .filter((number) => unigrams[number]! >= SMALLEST_CHARACTER_COUNT);
  const renumbered = new Map(kept.map((number, place) => [number, place]));
  const place = (number: number): number => renumbered.get(number) ?? -1;

  const pairKeys: { key: number; count: number }[] = [];
  for (const [key, count] of pairs) {
    const first = place(Math.floor(key / KEY_BASE));
    const second = place(key % KEY_BASE);
    if (count < SMALLEST_PAIR_COUNT || first < 0 || second < 0) continue;
    pairKeys.push({ key: first * KEY_BASE + second, count });
  }
  pairKeys.sort((a, b) => a.key - b.key);
  const pairPlace = new Map(pairKeys.map(({ key }, index) => [key, index]));

  const tripleKeys: { pair: number; third: number; count: number }[] = [];
  for (const [key, count] of triples) {
    if (count < SMALLEST_TRIPLE_COUNT) continue;
    const pairKey = Math.floor(key / KEY_BASE);
    const first = place(Math.floor(pairKey / KEY_BASE));
    const second = place(pairKey % KEY_BASE);
    const third = place(key % KEY_BASE);
    const pair = pairPlace.get(first * KEY_BASE + second);
    if (pair !== undefined && third >= 0) tripleKeys.push({ pair, third, count });
  }
  tripleKeys.sort((a, b) => a.pair - b.pair || a.third - b.third);

  return {
    vocabulary: kept.map((number) => characters[number]!),
    unigrams: Uint32Array.from(kept, (number) => unigrams[number]!),
    pairStarts: starts(
      kept.length,
      pairKeys.map(({ key }) => Math.floor(key / KEY_BASE)),
    ),
    pairSeconds: Uint16Array.from(pairKeys, ({ key }) => key % KEY_BASE),
    pairCounts: Uint8Array.from(pairKeys, ({ count }) => packCount(count)),
    tripleStarts: starts(
      pairKeys.length,
      tripleKeys.map(({ pair }) => pair),
    ),
    tripleThirds: Uint16Array.from(tripleKeys, ({ third }) => third),
    tripleCounts: Uint8Array.from(tripleKeys, ({ count }) => packCount(count)),
  };
}

function starts(owners: number, sortedOwners: readonly number[]): Uint32Array {
  const result = new Uint32Array(owners + 1);
  for (const owner of sortedOwners) result[owner + 1]!++;
  for (let i = 0; i < owners; i++) result[i + 1]! += result[i]!;
  return result;
}

/** Returns one byte for a count; the inverse is `unpackCount`. */
export function packCount(count: number): number {
  return count <= 128 ? count : Math.min(255, 128 + Math.round(10 * Math.log2(count / 128)));
}

/** Returns the file content (gzip) for counts; the inverse is `parseContinuationCounts`. */
export function serializeContinuationCounts(counts: ContinuationCounts): Buffer {
  const vocabulary = Buffer.from(counts.vocabulary.join(''), 'utf16le');
  const header = Buffer.alloc(MODEL_FILE_MAGIC.length + 12);
  header.write(MODEL_FILE_MAGIC, 'latin1');
  header.writeUInt32LE(counts.vocabulary.length, MODEL_FILE_MAGIC.length);
  header.writeUInt32LE(counts.pairSeconds.length, MODEL_FILE_MAGIC.length + 4);
  header.writeUInt32LE(counts.tripleThirds.length, MODEL_FILE_MAGIC.length + 8);
  const parts = [
    header,
    vocabulary,
    littleEndian(counts.unigrams, 4),
    littleEndian(lengthsOf(counts.pairStarts), 2),
    littleEndian(counts.pairSeconds, 2),
    Buffer.from(counts.pairCounts),
    littleEndian(lengthsOf(counts.tripleStarts), 2),
    littleEndian(counts.tripleThirds, 2),
    Buffer.from(counts.tripleCounts),
  ];
  return gzipSync(Buffer.concat(parts), { level: 9 });
}

function littleEndian(numbers: ArrayLike<number>, width: 2 | 4): Buffer {
  const bytes = Buffer.alloc(numbers.length * width);
  for (let i = 0; i < numbers.length; i++) bytes.writeUIntLE(numbers[i] ?? 0, i * width, width);
  return bytes;
}

function lengthsOf(starts: Uint32Array): Uint32Array {
  return starts.subarray(1).map((end, index) => end - starts[index]!);
}

function* trainingParagraphs(folder: string): Generator<string> {
  for (const { fileIndex, stories } of folderStories(folder)) {
    if (isHeldOut(fileIndex)) continue;
    for (const story of stories) yield* story.paragraphs;
  }
}

const folder = process.argv[2];
if (import.meta.url === new URL(process.argv[1] ?? '', 'file:').href) {
  if (folder === undefined) {
    process.stderr.write(
      '用法：node --import tsx test/bench/train-continuation-model.ts <日报文件夹>\n',
    );
    process.exitCode = 1;
  } else {
    const target = new URL('../../config/continuation-model/', import.meta.url);
    const counts = countContinuations(trainingParagraphs(folder));
    const file = serializeContinuationCounts(counts);
    mkdirSync(target, { recursive: true });
    writeFileSync(new URL('counts.bin.gz', target), file);
    process.stdout.write(
      `${counts.vocabulary.length} 字，${counts.pairSeconds.length} 个二字串，` +
        `${counts.tripleThirds.length} 个三字串，${file.length} 字节\n`,
    );
  }
}
