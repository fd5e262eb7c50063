import type { ParkLexicon } from './park-lexicon.ts';
import type { NameMeaning } from './park-meanings.ts';

/** A stretch of a folded text that is spelt like a park's name; whether it is one is not decided. */
export interface NameCandidate {
  readonly start: number;
  readonly end: number;
  readonly meaning: NameMeaning;
}

/** A province or city named in a folded text. */
export interface PlaceMention {
  readonly start: number;
  readonly end: number;
  /** Short: 武汉. */
  readonly place: string;
}

export interface NameScan {
  /** By start, the longest first; they overlap. */
  readonly candidates: readonly NameCandidate[];
  /** By start, the longest only; they do not overlap: 陕西安康 has no 西安. */
  readonly places: readonly PlaceMention[];
}

/** Every stretch of a folded text that is spelt like a park or a place. Linear in the text. */
export function scanNames(text: string, lexicon: ParkLexicon): NameScan {
  const candidates: NameCandidate[] = [];
  const places: PlaceMention[] = [];
  let placesEnd = 0;
  let here: NameCandidate[] = [];
  let longest: PlaceMention | undefined;
  for (let start = 0; start < text.length; start++) {
    lexicon.trie.namesAt(text, start, (end, { meaning, place }) => {
      if (meaning !== null && isWhole(text, start, end)) here.push({ start, end, meaning });
      if (place !== null) longest = { start, end, place };
    });
    if (here.length > 0) {
      candidates.push(...here.reverse());
      here = [];
    }
    if (longest?.start !== start || start < placesEnd) continue;
    places.push(longest);
    placesEnd = longest.end;
  }
  return { candidates, places };
}

/** Not the 新区 of 新区域, the 生态城 of 生态城市, nor the SIP of SIPO. */
function isWhole(text: string, start: number, end: number): boolean {
  const next = text[end];
  if (text[end - 1] === '区' && (next === '域' || next === '块')) return false;
  if (text[end - 1] === '城' && next === '市') return false;
  if (LATIN.test(text[start] ?? '') && LATIN.test(text[start - 1] ?? '')) return false;
  return !(LATIN.test(text[end - 1] ?? '') && LATIN.test(next ?? ''));
}

const LATIN = /[A-Za-z0-9]/;
