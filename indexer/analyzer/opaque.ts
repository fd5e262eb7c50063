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
  const { rankOf, codes } = listedTerms();
  const rank = rankOf(term);
  if (rank >= 0) return codes[rank]!;
  // A handful of words make most of a corpus.
  let code = spelled.get(term);
  if (code === undefined) {
    if (spelled.size >= CACHE_SIZE) spelled.clear();
    code = spell(term);
    spelled.set(term, code);
  }
  return code;
}

const CACHE_SIZE = 50_000;
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
  const { rankOf, codes } = listedTerms();
  const isMet = new Uint8Array(codes.length);
  const met = new Set<string>();
  const ranks: number[] = [];
  const unlisted: string[] = [];
  for (const term of without) {
    const rank = rankOf(term);
    if (rank < 0) met.add(term);
    else isMet[rank] = 1;
  }
  for (const term of terms) {
    const rank = rankOf(term);
    if (rank < 0) {
      if (met.size < met.add(term).size) unlisted.push(encodeTerm(term));
    } else if (isMet[rank] === 0) {
      isMet[rank] = 1;
      ranks.push(rank);
    }
  }
  const written: string[] = [];
  for (const rank of Uint16Array.from(ranks).sort()) written.push(codes[rank]!);
  for (const code of unlisted) written.push(code);
  return written.join(' ');
}

/** What {@link encodeTerms} writes, with `t:` before each term. */
export function encodeTitleTerms(terms: readonly string[]): string {
  return encodeTerms(terms).replace(/[^ ]+/g, 'y$&');
}

/** Leads 0 to v of base 36. */
const LISTED_LEADS = 32;
const SHORT = LISTED_LEADS * 36;
/** Their places fit into 15 bits. */
const MOST_LISTED = 2 ** 15;
const LEADS_OF_UNITS = 'wx';
const UNITS_A_LEAD = 36 ** 3;

interface ListedTerms {
  /** The place in the list, below zero for a term that is not in it. */
  readonly rankOf: (term: string) => number;
  /** By that place. */
  readonly codes: readonly string[];
}

let listed: ListedTerms | undefined;
const unitCodes = new Map<number, string>();

const FREQUENT = new URL('../../config/frequent-terms.txt', import.meta.url);

/** The terms of `config/frequent-terms.txt`, in the order of which each has its code. */
export function frequentTerms(): string[] {
  return readFileSync(FREQUENT, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function listedTerms(): ListedTerms {
  if (listed !== undefined) return listed;
  const terms = frequentTerms();
  if (terms.length > MOST_LISTED) throw new RangeError(`${FREQUENT.pathname}: too many terms`);
  const codes = terms.map((_, rank) => digits(rank, rank < SHORT ? 2 : 3));
  listed = { rankOf: createRanking(terms), codes };
  return listed;
}

/**
 * Looks terms up in a list. Most have one or two units, which are found by their numbers; for a Map a string
 * that has just been cut out must be hashed first (.83 instead of 1.05 ms to build a document, among other changes).
 */
function createRanking(terms: readonly string[]): (term: string) => number {
  const units = new Int16Array(0x10000).fill(-1);
  const bits = Math.ceil(Math.log2(4 * terms.length + 1));
  const pairs = new Int32Array(1 << bits);
  const ranksOfPairs = new Int16Array(1 << bits).fill(-1);
  const others = new Map<string, number>();
  const pairOf = (term: string) => (term.charCodeAt(0) << 16) | term.charCodeAt(1);
  /** The pair's own, or the empty one at which it would stand. */
  const slotOf = (pair: number) => {
    let slot = Math.imul(pair, 0x9e3779b1) >>> (32 - bits);
    while (ranksOfPairs[slot]! >= 0 && pairs[slot] !== pair) slot = (slot + 1) & (pairs.length - 1);
    return slot;
  };
  for (const [rank, term] of terms.entries())
    if (term.length === 1) units[term.charCodeAt(0)] = rank;
    else if (term.length === 2) {
      const slot = slotOf(pairOf(term));
      pairs[slot] = pairOf(term);
      ranksOfPairs[slot] = rank;
    } else others.set(term, rank);
  return (term) => {
    if (term.length === 1) return units[term.charCodeAt(0)]!;
    if (term.length === 2) return ranksOfPairs[slotOf(pairOf(term))]!;
    return others.get(term) ?? -1;
  };
}

function codeOf(unit: number): string {
  let code = unitCodes.get(unit);
  if (code === undefined) {
    const { rankOf, codes } = listedTerms();
    const short = codes[rankOf(String.fromCharCode(unit))];
    const lead = LEADS_OF_UNITS[Math.floor(unit / UNITS_A_LEAD)]!;
    code = short?.length === 2 ? short : lead + digits(unit % UNITS_A_LEAD, 3);
    unitCodes.set(unit, code);
  }
  return code;
}

function digits(value: number, width: number): string {
  return value.toString(36).padStart(width, '0');
}
