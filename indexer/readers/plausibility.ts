import iconv from 'iconv-lite';
import { FREQUENT_SIMPLIFIED, FREQUENT_TRADITIONAL } from './frequent-characters.ts';

/** Natural logarithms of how likely one UTF-16 unit is in Chinese news, by class. */
const LOG = {
  frequent: -6.75,
  ascii: -4,
  chinesePunctuation: -6,
  firstLevel: -9.4,
  symbol: -11,
  otherHan: -14.5,
  surrogate: -12,
  otherLetter: -14,
  rareHan: -17,
  halfWidthForm: -18,
  control: -22,
  privateUse: -22,
  unassigned: -25,
} as const;

const CHINESE_PUNCTUATION = '\u3000、。《》〈〉「」『』【】〔〕〖〗！（），．：；？％～“”‘’—…·–';
const SYMBOLS = '■□◆◇▲△▶▷●○◎★☆※→←↑↓℃‰×÷±≤≥°①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥ○━─│';

let table: Float32Array | undefined;

/**
 * Returns the natural logarithm of how likely `text` is as Chinese news, summed over its UTF-16
 * units: of several decodings of the same bytes, the one with the highest sum explains them best.
 * A unigram model; the classes are the most frequent characters, the first levels of GB 2312
 * (B0A1–D7F9) and Big5 (A440–C67E), which hold the common characters by design, and the rest.
 */
export function chineseLikelihood(text: string): number {
  table ??= buildTable();
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum += table[text.charCodeAt(at)]!;
  return sum;
}

/**
 * Tells binary data that some encoding happens to accept from text: true when too many UTF-16
 * units are of a kind that no readable text holds (controls, private use, unassigned, U+FFFD).
 * A few are a damaged text, for which there are findings.
 */
export function isUnreadable(text: string): boolean {
  table ??= buildTable();
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    if (table[text.charCodeAt(at)]! <= LOG.control) count++;
  }
  return count > 0.3 * text.length || (count > 3 && count > 0.1 * text.length);
}

function buildTable(): Float32Array {
  const built = new Float32Array(0x10000);
  for (let unit = 0; unit < built.length; unit++) built[unit] = classLikelihood(unit);
  const assign = (characters: string, likelihood: number): void => {
    for (const character of characters) built[character.charCodeAt(0)] = likelihood;
  };
  assign(firstLevel('gb2312', 0xb0, 0xd7), LOG.firstLevel);
  assign(firstLevel('big5', 0xa4, 0xc6), LOG.firstLevel);
  assign(SYMBOLS, LOG.symbol);
  assign(CHINESE_PUNCTUATION, LOG.chinesePunctuation);
  assign(FREQUENT_SIMPLIFIED, LOG.frequent);
  assign(FREQUENT_TRADITIONAL, LOG.frequent);
  return built;
}

function classLikelihood(unit: number): number {
  if (unit === 9 || unit === 10 || unit === 13) return LOG.ascii;
  if (unit < 0x20 || (unit >= 0x7f && unit < 0xa0)) return LOG.control;
  if (unit < 0x7f) return LOG.ascii;
  if (unit >= 0xd800 && unit < 0xe000) return LOG.surrogate;
  if (unit >= 0xe000 && unit < 0xf900) return LOG.privateUse;
  if (unit === 0xfffd) return LOG.unassigned;
  if (unit >= 0x4e00 && unit < 0xa000) return LOG.otherHan;
  if (unit >= 0x3400 && unit < 0x4dc0) return LOG.rareHan;
  if (unit >= 0xff01 && unit <= 0xff5e) return LOG.symbol;
  if (unit > 0xff5e) return LOG.halfWidthForm;
  return /\p{Cn}/u.test(String.fromCharCode(unit)) ? LOG.unassigned : LOG.otherLetter;
}

/** All Chinese characters whose first byte lies in `from…to` of a double-byte encoding. */
function firstLevel(encoding: 'gb2312' | 'big5', from: number, to: number): string {
  const pairs: number[] = [];
  for (let lead = from; lead <= to; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const isTrail = encoding === 'gb2312' ? trail >= 0xa1 : trail <= 0x7e || trail >= 0xa1;
      if (isTrail) pairs.push(lead, trail);
    }
  }
  const decoded = iconv.decode(Buffer.from(pairs), encoding);
  return decoded.replace(/[^\u4e00-\u9fff]/g, '');
}
