import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { chineseLikelihood, isUnreadable } from './plausibility.ts';

export type Encoding = 'utf-8' | 'gb18030' | 'big5' | 'utf-16le' | 'utf-16be';

export type Detection =
  | { readonly type: 'encoding'; readonly encoding: Encoding; readonly doubtful: string | null }
  /** Not text in any encoding we read; `reason` names what it looks like. */
  | { readonly type: 'binary'; readonly reason: string };

/** The names people know encodings by, for messages. */
export const ENCODING_LABELS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  gb18030: 'GB18030',
  big5: 'Big5',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
};

/** The largest sample that is scored: enough for certainty, and quick. */
const SAMPLE_BYTES = 64 * 1024;
/** Below a factor of e^12 (about 160,000) between two readings, neither may be called certain. */
const CERTAIN_MARGIN = 12;
/** A mean below this says that the letters look like no Chinese text at all. */
const LEAST_MEAN = -13;
/** A mean above this says that nearly every character is a frequent one. */
const FREQUENT_MEAN = -9;

/** What a file begins with, and what that says. */
type Beginnings<Meaning> = readonly (readonly [bytes: readonly number[], meaning: Meaning])[];

const BYTE_ORDER_MARKS: Beginnings<Encoding> = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x84, 0x31, 0x95, 0x33], 'gb18030'],
];

const SIGNATURES: Beginnings<string> = [
  [[0x25, 0x50, 0x44, 0x46, 0x2d], 'PDF 文件'],
  [[0x50, 0x4b, 0x03, 0x04], 'ZIP 压缩包或 Office 文档（docx、xlsx）'],
  [[0xd0, 0xcf, 0x11, 0xe0], '旧版 Office 文档（doc、xls）'],
  [[0x89, 0x50, 0x4e, 0x47], 'PNG 图片'],
  [[0xff, 0xd8, 0xff], 'JPEG 图片'],
  [[0x47, 0x49, 0x46, 0x38], 'GIF 图片'],
  [[0x1f, 0x8b], 'gzip 压缩文件'],
  [[0x52, 0x61, 0x72, 0x21], 'RAR 压缩包'],
  [[0x37, 0x7a, 0xbc, 0xaf], '7z 压缩包'],
  [[0xff, 0xfe, 0x00, 0x00], 'UTF-32 文本（不支持）'],
  [[0x00, 0x00, 0xfe, 0xff], 'UTF-32 文本（不支持）'],
];

function beginning<Meaning>(bytes: Uint8Array, known: Beginnings<Meaning>): Meaning | null {
  return known.find(([start]) => start.every((byte, at) => bytes[at] === byte))?.[1] ?? null;
}

/** Returns what a file with these first bytes is called, or null for no known binary signature. */
export function binarySignature(bytes: Uint8Array): string | null {
  return beginning(bytes, SIGNATURES);
}

/** Returns the encoding that a document's own declaration names (`gb2312`, `Big5-HKSCS`), or null for another. */
export function encodingByName(name: string): Encoding | null {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (plain === 'utf8') return 'utf-8';
  if (['gb2312', 'gbk', 'gb18030', 'cp936', 'xgbk', 'windows936'].includes(plain)) return 'gb18030';
  return ['big5', 'big5hkscs', 'cp950'].includes(plain) ? 'big5' : null;
}

/**
 * Tells UTF-8, GB18030 (and with it GBK and GB2312), Big5 and UTF-16 apart: by byte order mark,
 * then by strict validity, then by which reading makes the most likely Chinese. `complete` is
 * false when `bytes` are only the head of a file, so that a cut character at the end is no fault.
 * `declared` is an encoding the document itself names; it decides where the bytes do not.
 */
export function detectEncoding(
  bytes: Uint8Array,
  complete: boolean,
  declared?: Encoding | null,
): Detection {
  const signature = binarySignature(bytes);
  if (signature !== null) return { type: 'binary', reason: signature };
  const marked = beginning(bytes, BYTE_ORDER_MARKS);
  if (marked !== null) return certain(marked);
  const hasNul = bytes.includes(0);
  if (!hasNul && isAscii(bytes)) return certain('utf-8');
  const isValid = isUtf8(complete ? bytes : withoutCutCharacter(bytes));
  if (isValid && isMeantAsUtf8(bytes, hasNul)) return certain('utf-8');
  return mostLikely(sampleOf(bytes), declared ?? null);
}

function certain(encoding: Encoding): Detection {
  return { type: 'encoding', encoding, doubtful: null };
}

/** At most three bytes of a character that the end of the head has cut. */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
  }
  return bytes;
}

/**
 * Whether bytes that are valid UTF-8 are meant as such. Text in a double-byte encoding can pass by
 * two-byte sequences only (`联通` in GBK is the known case), and only when it is short; a
 * three-byte sequence or many pairs settle it. ASCII in UTF-16 is valid, too, but half NUL.
 */
function isMeantAsUtf8(bytes: Uint8Array, hasNul: boolean): boolean {
  let pairs = 0;
  for (const byte of bytes) {
    if (byte >= 0xe0) return true;
    if (byte >= 0xc0 && ++pairs > 20) return true;
  }
  if (hasNul) return false;
  const foreign = Buffer.from(bytes.filter((byte) => byte >= 0x80));
  const asDoubleByte = iconv.decode(foreign, 'gb18030');
  return chineseLikelihood(asDoubleByte) < FREQUENT_MEAN * asDoubleByte.length;
}

/** A window that begins where the text stops being plain ASCII; even, for UTF-16. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte >= 0x80 || byte === 0);
  const start = first < SAMPLE_BYTES / 2 ? 0 : first - (first % 2);
  return bytes.subarray(start, start + SAMPLE_BYTES);
}

function mostLikely(sample: Uint8Array, declared: Encoding | null): Detection {
  const buffer = Buffer.from(sample.buffer, sample.byteOffset, sample.byteLength);
  const readings = (['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be'] as const)
    .map((encoding) => {
      const text = iconv.decode(buffer, encoding, { stripBOM: false });
      return { encoding, text, likelihood: chineseLikelihood(text) };
    })
    .sort((a, b) => b.likelihood - a.likelihood);
  const [best, second] = [readings[0]!, readings[1]!];
  // Any bytes are some UTF-16: without a mark it must look like a text.
  const isGuess =
    best.encoding.startsWith('utf-16') && isUnlikely(best.text) && !isMostlyHan(best.text);
  if (isGuess || isUnreadable(best.text)) return { type: 'binary', reason: '二进制数据，不是文字' };
  const trusted = readings.find((reading) => reading.encoding === declared);
  if (trusted && best.likelihood - trusted.likelihood < CERTAIN_MARGIN)
    return certain(trusted.encoding);
  return { type: 'encoding', encoding: best.encoding, doubtful: doubtAbout(best, second) };
}

interface Reading {
  readonly encoding: Encoding;
  readonly text: string;
  readonly likelihood: number;
}

function doubtAbout(best: Reading, second: Reading): string | null {
  const label = ENCODING_LABELS[best.encoding];
  if (best.likelihood - second.likelihood < CERTAIN_MARGIN && best.text !== second.text)
    return `编码按 ${label} 和 ${ENCODING_LABELS[second.encoding]} 都说得通，暂按 ${label} 读取`;
  return isUnlikely(best.text) ? `按哪种编码读都不像中文，暂按 ${label} 读取` : null;
}

function isUnlikely(text: string): boolean {
  const foreign = text.replace(/[\0-\x7f]+/g, '');
  return foreign.length > 0 && chineseLikelihood(foreign) < LEAST_MEAN * foreign.length;
}

/** Any bytes read as UTF-16 are Chinese characters by one third. */
function isMostlyHan(text: string): boolean {
  return text.replace(/[^\u4e00-\u9fff]+/g, '').length > 0.6 * text.length;
}
