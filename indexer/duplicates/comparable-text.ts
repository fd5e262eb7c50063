import { Converter } from 'opencc-js/t2cn';

// What each UTF-16 unit becomes; 0: not looked up yet.
const folds = new Uint16Array(0x10000);
const dropped = 0xffff;
let converter: ((text: string) => string) | undefined;

/**
 * The letters, characters and digits of a text in NFKC, lower case and simplified; punctuation,
 * spaces and symbols left out: `貴陽 “ＡＩ”，` → `贵阳ai`. Linear in the text.
 *
 * Not `foldText` of the annotators: what is returned here is behind stored prints, and must not
 * change without the version in `progress.ts`.
 */
export function comparableText(text: string): string {
  const compatible = text.normalize('NFKC');
  const units = new Uint16Array(compatible.length);
  let length = 0;
  for (let at = 0; at < compatible.length; at++) {
    const unit = compatible.charCodeAt(at);
    let fold = folds[unit]!;
    if (fold === 0) folds[unit] = fold = foldUnit(unit);
    if (fold !== dropped) units[length++] = fold;
  }
  return Buffer.from(units.buffer, 0, 2 * length).toString('utf16le');
}

function foldUnit(unit: number): number {
  // Half of a rare character beyond the basic plane: kept, so that the pair stays itself.
  if (unit >= 0xd800 && unit <= 0xdfff) return unit;
  const char = String.fromCharCode(unit);
  if (!/[\p{L}\p{N}]/u.test(char)) return dropped;
  if (unit < 0x3400 || unit > 0x9fff) {
    const lower = char.toLowerCase();
    return lower.length === 1 ? lower.charCodeAt(0) : unit;
  }
  // One table for both scripts, filled as characters turn up: a simplified character maps to itself.
  const simplified = toSimplified(char);
  return simplified.length === 1 ? simplified.charCodeAt(0) : unit;
}

/** Builds the dictionary at the first Chinese character, not when the file is loaded. */
function toSimplified(char: string): string {
  // The types of opencc-js 1.4 import each other without an extension, which NodeNext cannot follow.
  converter ??= Converter({ from: 't', to: 'cn' }) as unknown as (text: string) => string;
  return converter(char);
}
