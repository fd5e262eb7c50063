/** The longest term, in UTF-16 units: the engine drops words of more than 250 bytes, without a word. */
export const MAX_TERM_LENGTH = 60;

/**
 * A term as the engine holds it: four letters `a`–`p` for each UTF-16 unit, so that no segmenter
 * cuts it again. `高新 → jkni` + `gfla`. The inverse is `decodeTerm`.
 */
export function encodeTerm(term: string): string {
  let code = '';
  for (let at = 0; at < term.length; at++) code += codeOf(term.charCodeAt(at));
  return code;
}

/**
 * The term of a code that `encodeTerm` made.
 * @throws RangeError for anything else.
 */
export function decodeTerm(code: string): string {
  if (!/^(?:[a-p]{4})*$/.test(code)) throw new RangeError(`not an encoded term: ${code}`);
  let term = '';
  for (let at = 0; at < code.length; at += 4) {
    let unit = 0;
    for (let digit = at; digit < at + 4; digit++) unit = unit * 16 + code.charCodeAt(digit) - 0x61;
    term += String.fromCharCode(unit);
  }
  return term;
}

const codes = new Map<number, string>();

function codeOf(unit: number): string {
  let code = codes.get(unit);
  if (code === undefined) {
    code = String.fromCharCode(...[12, 8, 4, 0].map((shift) => 0x61 + ((unit >> shift) & 15)));
    codes.set(unit, code);
  }
  return code;
}
