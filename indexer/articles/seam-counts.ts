import { endianness } from 'node:os';
import { gunzipSync } from 'node:zlib';

/**
 * Character n-gram counts in the form of a trie: the seconds of each first character lie side by
 * side in `pairSeconds`, the thirds of each pair in `tripleThirds`, both sorted.
 */
export interface SeamCounts {
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

/** What a file begins with. */
export const SEAM_FILE_MAGIC = 'SEAM1\n\n\n';

const UNPACKED = Float64Array.from({ length: 256 }, (_, byte) =>
  byte <= 128 ? byte : 128 * 2 ** ((byte - 128) / 10),
);

/** Returns the count that a byte stands for: exact up to 128, then ten steps for each doubling, so within 4 %. */
export function unpackCount(byte: number): number {
  return UNPACKED[byte]!;
}

/** Returns the counts of a file that `test/bench/train-seam-model.ts` wrote; throws on any other content. */
export function parseSeamCounts(file: Buffer): SeamCounts {
  const content = gunzipSync(file);
  if (content.toString('latin1', 0, SEAM_FILE_MAGIC.length) !== SEAM_FILE_MAGIC) {
    throw new Error('不是接缝模型文件：文件头不符。请用 test/bench/train-seam-model.ts 重新生成。');
  }
  const characters = content.readUInt32LE(SEAM_FILE_MAGIC.length);
  const pairs = content.readUInt32LE(SEAM_FILE_MAGIC.length + 4);
  const triples = content.readUInt32LE(SEAM_FILE_MAGIC.length + 8);
  let at = SEAM_FILE_MAGIC.length + 12;
  const take = (length: number): Buffer => {
    if (at + length > content.length) throw new Error('接缝模型文件不完整：请重新生成或重新下载。');
    at += length;
    return content.subarray(at - length, at);
  };
  const numbers16 = (length: number): Uint16Array => {
    const bytes = Buffer.from(new Uint8Array(take(length * 2)).buffer);
    if (endianness() === 'BE') bytes.swap16();
    return new Uint16Array(bytes.buffer, bytes.byteOffset, length);
  };
  const vocabulary = Array.from(take(characters * 2).toString('utf16le'));
  const unigramBytes = take(characters * 4);
  return {
    vocabulary,
    unigrams: Uint32Array.from({ length: characters }, (_, i) => unigramBytes.readUInt32LE(i * 4)),
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
