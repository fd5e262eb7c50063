import { MAX_TERM_LENGTH } from './opaque.ts';

/** A word of letters, or of letters and digits, in a normalised text: `c919`, `e-mail`, `5g`, `ai+`. */
export interface LatinForm {
  readonly length: number;
  /** Without accents and without the signs that hold it together: `e-mail → email`. */
  readonly term: string;
  /** As it is written, and its pieces of two characters and more: `usb3.0 → usb 3.0`. */
  readonly parts: readonly string[];
}

const letter = '[\\p{Lu}\\p{Ll}\\p{Lt}\\p{Script=Latin}]\\p{M}*';
// A sign holds a word together only between two letters or digits, a dot also between digits.
const word = new RegExp(
  `^(?:\\d+(?:[.,]\\d+)*)?(?:${letter}|\\d)+(?:[-_.'’&](?:${letter}|\\d)+)*`,
  'u',
);
const plus = /\+{1,2}/y;
const pieces = new RegExp(`\\d+(?:\\.\\d+)*|(?:${letter})+`, 'gu');

/** The word that begins at an offset at which a letter, or the digit of a mixed word, stands. */
export function readLatinWord(text: string, at: number): LatinForm {
  // A window keeps a page-long run of letters linear; two units are left for the plus signs.
  const window = text.slice(at, at + MAX_TERM_LENGTH - 2);
  const written = word.exec(window)?.[0] ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
  plus.lastIndex = at + written.length;
  const sign = plus.exec(text)?.[0] ?? '';
  const plain = withoutAccents(written);
  // c++ is another word than c; ai+ is still ai.
  const bare = plain.replace(/(?<!\d)[.,]|[.,](?!\d)|[-_'’&,]/gu, '');
  const term = sign === '++' ? bare + sign : bare;
  const parts = new Set([written + sign, written, plain, bare]);
  for (const [piece] of plain.matchAll(pieces)) if (piece.length > 1) parts.add(piece);
  parts.delete(term);
  parts.delete('');
  return { length: written.length + sign.length, term, parts: [...parts] };
}

function withoutAccents(text: string): string {
  return /^[\x00-\x7f]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '');
}
