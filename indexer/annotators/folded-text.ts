import { mayBeTraditional, toSimplified } from '../analyzer/simplified.ts';

/** A text in the form in which names and dates are looked for. */
export interface FoldedText {
  /**
   * Half-width, simplified, one kind of bracket and of dash; white space between Chinese
   * characters and invisible characters left out.
   */
  readonly text: string;
  /** `origins[i]` is the UTF-16 offset in the original of `text[i]`; one more entry for the end. */
  readonly origins: Uint32Array;
}

// 0: not looked up yet. One entry for each UTF-16 unit.
const folds = new Uint16Array(0x10000);
const dropped = 0xffff;

// Several annotators fold the same fields one after the other.
const recent: { original: string; folded: FoldedText }[] = [];
const CACHE_SIZE = 6;

/**
 * The text with its spelling variants made one: `ＡＢ（上海）—貴陽` → `AB(上海)-贵阳`.
 * Linear in the text. A unit becomes one unit or none, so offsets map back one to one.
 */
export function foldText(original: string): FoldedText {
  const known = recent.find((entry) => entry.original === original);
  if (known !== undefined) return known.folded;
  const folded = fold(original);
  recent.unshift({ original, folded });
  if (recent.length > CACHE_SIZE) recent.pop();
  return folded;
}

function fold(original: string): FoldedText {
  const origins = new Uint32Array(original.length + 1);
  const units = new Uint16Array(original.length);
  let length = 0;
  for (let at = 0; at < original.length; at++) {
    const unit = original.charCodeAt(at);
    const form = folds[unit] || (folds[unit] = foldUnit(unit));
    if (form === dropped || (form === 0x20 && isInnerSpace(original, at))) continue;
    units[length] = form;
    origins[length] = at;
    length++;
  }
  origins[length] = original.length;
  const text = Buffer.from(units.buffer, 0, length * 2).toString('utf16le');
  return { text, origins: origins.subarray(0, length + 1) };
}

/** `foldText(name).text`, quicker for the many names that are in this form already. */
export function foldName(name: string): string {
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at);
    if ((folds[unit] || (folds[unit] = foldUnit(unit))) !== unit || unit === 0x20)
      return fold(name).text;
  }
  return name;
}

/** The span in the original of `[start, end)` of the folded text; white space after it excluded. */
export function originalSpan(
  folded: FoldedText,
  start: number,
  end: number,
): { start: number; end: number } {
  const first = folded.origins[start] ?? 0;
  if (end <= start) return { start: first, end: first };
  return { start: first, end: (folded.origins[end - 1] ?? 0) + 1 };
}

/** Newspapers set `贵阳 高新区` and break names over lines; only one gap is forgiven. */
function isInnerSpace(text: string, at: number): boolean {
  return joinsWords(text.charCodeAt(at - 1)) && joinsWords(text.charCodeAt(at + 1));
}

function joinsWords(unit: number): boolean {
  return isHan(unit) || unit === 0x28 || unit === 0x29 || unit === 0xff08 || unit === 0xff09;
}

/** Whether a UTF-16 unit is a Chinese character of the basic plane. */
export function isHan(unit: number): boolean {
  return (
    (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x3400 && unit <= 0x4dbf) || unit === 0x3007
  );
}

function foldUnit(unit: number): number {
  if (isHan(unit)) return simplify(String.fromCharCode(unit));
  const char = String.fromCharCode(unit);
  if (isDash(unit)) return 0x2d;
  if (unit !== 0x0a && /\s/u.test(char)) return 0x20;
  if (/[\p{Cf}\ufe00-\ufe0f]/u.test(char)) return dropped;
  const bracket = brackets.get(char);
  if (bracket !== undefined) return bracket;
  const compatible = char.normalize('NFKC');
  const base = compatible.length === 1 ? compatible : char;
  return isHan(base.charCodeAt(0)) ? simplify(base) : base.charCodeAt(0);
}

function simplify(char: string): number {
  const changes = mayBeTraditional(char) && !keptCharacters.has(char);
  const simplified = changes ? toSimplified(char) : char;
  return (simplified.length === 1 ? simplified : char).charCodeAt(0);
}

/** Hyphens, dashes, the box-drawing line and the katakana mark that scans have in their place. */
function isDash(unit: number): boolean {
  return (
    (unit >= 0x2010 && unit <= 0x2015) ||
    [0x2d, 0x2212, 0x2500, 0x2501, 0x30fc, 0xfe58, 0xfe63, 0xff0d, 0xff70].includes(unit)
  );
}

const brackets = new Map<string, number>([
  ...Array.from('﹝〔［【〖', (char) => [char, 0x28] as const),
  ...Array.from('﹞〕］】〗', (char) => [char, 0x29] as const),
]);

// Simplified in itself in 乾安, 乾县, 乾坤; OpenCC would make it 干.
const keptCharacters = new Set(['乾']);
