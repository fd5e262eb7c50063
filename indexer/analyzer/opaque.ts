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
 * - `t:` before a term, which every word of a headline has once more, becomes `y`: `t:新 → y00`; another
 *   letter and a colon, as special terms have them, become `x` and the letter: `n:30 → xnw30`;
 * - the others are `z` and unit by unit the code of the unit, when it is a listed term of two digits, else
 *   `w` or `x` and three digits.
 *
 * No two terms have the same code.
 */
export function encodeTerm(term: string): string {
  const { ranks, codes } = listedTerms();
  const rank = ranks.get(term);
  if (rank !== undefined) return codes[rank]!;
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
  if (/^[a-z]:./su.test(term)) {
    const lead = term.startsWith('t') ? 'y' : `x${term[0]!}`;
    return lead + encodeTerm(term.slice(2));
  }
  let code = 'z';
  for (let at = 0; at < term.length; at++) code += codeOf(term.charCodeAt(at));
  return code;
}

/**
 * The distinct terms that are not among `without` as one field of the engine: encoded, with a space between.
 * Listed terms come first, the commonest at the front. The engine keeps the places at which a term stands
 * besides the articles, and these are then few for each term: its index is some 4 % smaller.
 */
export function encodeTerms(terms: readonly string[], without: readonly string[] = []): string {
  const { ranks, codes } = listedTerms();
  const met = new Uint8Array(codes.length);
  const spelledMet = new Set<string>();
  const listed: number[] = [];
  const spelled: string[] = [];
  for (const term of without) {
    const rank = ranks.get(term);
    if (rank === undefined) spelledMet.add(term);
    else met[rank] = 1;
  }
  for (const term of terms) {
    const rank = ranks.get(term);
    if (rank === undefined) {
      if (spelledMet.size < spelledMet.add(term).size) spelled.push(encodeTerm(term));
    } else if (met[rank] === 0) {
      met[rank] = 1;
      listed.push(rank);
    }
  }
  const ordered = Array.from(Uint16Array.from(listed).sort(), (rank) => codes[rank]!);
  return [...ordered, ...spelled].join(' ');
}

/** Leads 0 to v of base 36. */
const LISTED_LEADS = 32;
const SHORT = LISTED_LEADS * 36;
const MOST_LISTED = SHORT * 36;
const LEADS_OF_UNITS = 'wx';
const UNITS_A_LEAD = 36 ** 3;

/** Listed terms by their rank, and their codes. */
interface ListedTerms {
  readonly ranks: ReadonlyMap<string, number>;
  readonly codes: readonly string[];
}

let listed: ListedTerms | undefined;
const unitCodes = new Map<number, string>();

function listedTerms(): ListedTerms {
  listed ??= readListedTerms();
  return listed;
}

function readListedTerms(): ListedTerms {
  const file = new URL('../../config/frequent-terms.txt', import.meta.url);
  const terms = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (terms.length > MOST_LISTED) throw new RangeError(`${file.pathname}: too many terms`);
  return {
    ranks: new Map(terms.map((term, rank) => [term, rank])),
    codes: terms.map((_, rank) => digits(rank, rank < SHORT ? 2 : 3)),
  };
}

function codeOf(unit: number): string {
  let code = unitCodes.get(unit);
  if (code === undefined) {
    const { ranks, codes } = listedTerms();
    const short = codes[ranks.get(String.fromCharCode(unit)) ?? -1];
    const lead = LEADS_OF_UNITS[Math.floor(unit / UNITS_A_LEAD)]!;
    code = short?.length === 2 ? short : lead + digits(unit % UNITS_A_LEAD, 3);
    unitCodes.set(unit, code);
  }
  return code;
}

function digits(value: number, width: number): string {
  return value.toString(36).padStart(width, '0');
}
