/**
 * The longest term, in UTF-16 units: the engine drops words of more than 250 bytes, without a word, and a
 * unit takes up to six.
 */
export const MAX_TERM_LENGTH = 40;

/**
 * A term as the engine holds it: three digits of base 36 for each UTF-16 unit, so that no segmenter cuts
 * it again. `高 → ul4`. Units from 46,000 on (rarer Korean syllables, halves of characters beyond the
 * basic plane) take six. The inverse is `decodeTerm`.
 */
export function encodeTerm(term: string): string {
  let code = '';
  for (let at = 0; at < term.length; at++) code += codeOf(term.charCodeAt(at));
  return code;
}

/** The terms as one field of the engine: encoded, with a space between. */
export function encodeTerms(terms: readonly string[]): string {
  const units = terms.reduce((sum, term) => sum + term.length, 0);
  const bytes = Buffer.allocUnsafe(units * LONGEST_CODE + terms.length);
  let length = 0;
  for (const term of terms) {
    if (length > 0) bytes[length++] = SPACE;
    for (let at = 0; at < term.length; at++) {
      const code = codeOf(term.charCodeAt(at));
      for (let digit = 0; digit < code.length; digit++) bytes[length++] = code.charCodeAt(digit);
    }
  }
  return bytes.toString('latin1', 0, length);
}

/**
 * The term of a code that `encodeTerm` made.
 * @throws RangeError for anything else.
 */
export function decodeTerm(code: string): string {
  if (!/^(?:[0-9a-z]{3})*$/.test(code)) throw new RangeError(`not an encoded term: ${code}`);
  const values = (code.match(/.{3}/g) ?? []).map((digits) => parseInt(digits, 36));
  let term = '';
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    const unit = value < ESCAPE ? value : ((value - ESCAPE) << 8) | (values[++at] ?? 0);
    term += String.fromCharCode(unit);
  }
  if (encodeTerm(term) !== code) throw new RangeError(`not an encoded term: ${code}`);
  return term;
}

/** From here on a number stands for the upper half of a unit, and the next for its lower half. */
const ESCAPE = 46_000;
/** Digits of a unit that takes two numbers. */
const LONGEST_CODE = 6;
const SPACE = 0x20;
const codes = new Map<number, string>();

function codeOf(unit: number): string {
  let code = codes.get(unit);
  if (code === undefined) {
    code = unit < ESCAPE ? digits(unit) : digits(ESCAPE + (unit >> 8)) + digits(unit & 0xff);
    codes.set(unit, code);
  }
  return code;
}

function digits(value: number): string {
  return value.toString(36).padStart(3, '0');
}
