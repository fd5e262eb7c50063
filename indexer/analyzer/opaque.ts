import { readFileSync } from 'node:fs';

/**
 * The longest term, in UTF-16 units: the engine drops words of more than 250 bytes, without a word, and a
 * unit takes up to four.
 */
export const MAX_TERM_LENGTH = 40;

/**
 * A term as the engine holds it: digits and small letters that no segmenter cuts again. What most documents
 * hold is short, since the engine keeps each document and each term several times:
 *
 * - a listed term (`config/frequent-terms.txt`) is two or three digits of base 36, of which the first is
 *   one of 0 to v: `新 → 00`;
 * - other words of small Latin letters and figures are `w` and themselves: `gdp → wgdp`;
 * - a letter and a colon before a term, as special terms have it, become `x`, the letter and the code of the
 *   rest: `t:新 → xt00`;
 * - the others are `z` and unit by unit the code of the unit, when it is a listed term of two digits, else
 *   `w` or `x` and three digits.
 *
 * No two terms have the same code.
 */
export function encodeTerm(term: string): string {
  const listed = listedTerms().get(term);
  if (listed !== undefined) return listed;
  // A handful of words make most of a corpus.
  let code = spelled.get(term);
  if (code === undefined) {
    if (spelled.size >= MOST_SPELLED) spelled.clear();
    code = spell(term);
    spelled.set(term, code);
  }
  return code;
}

const MOST_SPELLED = 50_000;
const spelled = new Map<string, string>();

function spell(term: string): string {
  if (/^[0-9a-z]+$/.test(term)) return `w${term}`;
  if (/^[a-z]:./su.test(term)) return `x${term[0]!}${encodeTerm(term.slice(2))}`;
  let code = 'z';
  for (let at = 0; at < term.length; at++) code += codeOf(term.charCodeAt(at));
  return code;
}

/** The terms as one field of the engine: encoded, with a space between. */
export function encodeTerms(terms: readonly string[]): string {
  return terms.map(encodeTerm).join(' ');
}

/** Leads 0 to v of base 36. */
const LISTED_LEADS = 32;
const SHORT = LISTED_LEADS * 36;
const MOST_LISTED = SHORT * 36;
const LEADS_OF_UNITS = 'wx';
const UNITS_A_LEAD = 36 ** 3;

let listed: ReadonlyMap<string, string> | undefined;
const unitCodes = new Map<number, string>();

function listedTerms(): ReadonlyMap<string, string> {
  listed ??= readListedTerms();
  return listed;
}

function readListedTerms(): Map<string, string> {
  const file = new URL('../../config/frequent-terms.txt', import.meta.url);
  const terms = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (terms.length > MOST_LISTED) throw new RangeError(`${file.pathname}: too many terms`);
  return new Map(terms.map((term, at) => [term, at < SHORT ? digits(at, 2) : digits(at, 3)]));
}

function codeOf(unit: number): string {
  let code = unitCodes.get(unit);
  if (code === undefined) {
    const short = listedTerms().get(String.fromCharCode(unit));
    const lead = LEADS_OF_UNITS[Math.floor(unit / UNITS_A_LEAD)]!;
    code = short?.length === 2 ? short : lead + digits(unit % UNITS_A_LEAD, 3);
    unitCodes.set(unit, code);
  }
  return code;
}

function digits(value: number, width: number): string {
  return value.toString(36).padStart(width, '0');
}
