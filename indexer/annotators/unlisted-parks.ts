import { countWhile } from '../core/count-while.ts';
import { isHan, type FoldedText } from './folded-text.ts';
import type { ScannedField } from './park-evidence.ts';
import type { FoldedName, ParkLexicon } from './park-lexicon.ts';
import { findParkWords, type ParkWord } from './park-words.ts';

/**
 * Names shaped like a park that the gazetteer lacks. A known place before the word is enough
 * (河北|涿州|高新区); else two to four characters that begin where a name may begin and that no
 * word list rules out. A spelling variant of a listed park becomes that park. Linear in the text.
 */
export function findUnlisted(
  field: ScannedField,
  folded: FoldedText,
  taken: readonly FoldedName[],
  lexicon: ParkLexicon,
): FoldedName[] {
  const { text } = field;
  const covered = new Uint8Array(text.length + 1);
  for (const { start, end } of taken) covered.fill(1, start, end);
  const openEnds = new Set(field.candidates.map(({ end }) => end));
  const placeStarts = new Set(field.places.map(({ start }) => start));
  const found: FoldedName[] = [];
  for (const word of findParkWords(text)) {
    const { end } = word;
    if (covered[word.start] === 1 || covered[end - 1] === 1) continue;
    const run = runBefore(text, folded, covered, word.start);
    const stemEnd = word.start - (LEVEL.exec(text.slice(run.start, word.start))?.[0].length ?? 0);
    const start = stemStart(field, run, stemEnd, word, lexicon);
    if (start === null) continue;
    const name = shortName(text.slice(start, stemEnd), word.short, lexicon);
    const listed = lexicon.meaningOf(name);
    if (listed !== null && listed.kind !== 'ambiguous')
      found.push({ start, end, park: listed.parks[0]!, kind: 'alias' });
    // An ambiguous name that the article left open is not a new park.
    else if (listed === null && (!openEnds.has(end) || placeStarts.has(start)))
      found.push({ start, end, unlisted: name });
    else continue;
    covered.fill(1, start, end);
  }
  return found;
}

const LEVEL = /(?:国家级?|省级|市级|自治区级)$/;
// Longer than any name of a place: 巴音郭楞蒙古自治州和静县.
const LONGEST_STEM = 12;

/**
 * Where the Chinese characters begin that stand, without a gap, before a place in the text, and whether a name
 * may begin there: not in mid-word, nor with the 年度 of 2021年度.
 */
function runBefore(text: string, folded: FoldedText, covered: Uint8Array, end: number) {
  let start = end;
  while (start > 0 && end - start < LONGEST_STEM) {
    if (!isHan(text.charCodeAt(start - 1)) || covered[start - 1] === 1) break;
    if (start < end && (folded.origins[start] ?? 0) - (folded.origins[start - 1] ?? 0) > 1) break;
    start--;
  }
  const closed = end - start < LONGEST_STEM && !/[\d%]/.test(text[start - 1] ?? '');
  return { start, closed };
}

function stemStart(
  field: ScannedField,
  run: ReturnType<typeof runBefore>,
  stemEnd: number,
  word: ParkWord,
  lexicon: ParkLexicon,
): number | null {
  const known = knownPlaceStart(field, run.start, stemEnd, lexicon);
  if (known !== null) return known;
  const { text } = field;
  // 国家级 before the word is said of parks in general, too.
  if (stemEnd < word.start) return null;
  if (word.needsKnownPlace && !/[市县镇州]$/.test(text.slice(run.start, stemEnd))) return null;
  let fallback: number | null = null;
  for (let length = 4; length >= 2; length--) {
    const start = stemEnd - length;
    if (start < run.start) continue;
    const stem = text.slice(start, stemEnd);
    const before = text.slice(run.start, start);
    const begins = (start === run.start && run.closed) || lexicon.mayBeginAfter(before);
    if (!begins || lexicon.isNoPlace(stem)) continue;
    // 进贤 rather than 在进贤, but 驻马店 when nothing better is found.
    if (lexicon.isStem(stem) || !lexicon.mayBeginAfter(stem.slice(0, 1))) return start;
    fallback ??= start;
  }
  return fallback;
}

/** The first of the known places before the word, if only a short name lies between. */
function knownPlaceStart(
  { text, places }: ScannedField,
  runStart: number,
  stemEnd: number,
  lexicon: ParkLexicon,
): number | null {
  let start: number | null = null;
  let next = stemEnd;
  for (let at = countWhile(places, ({ end }) => end <= stemEnd) - 1; at >= 0; at--) {
    const place = places[at]!;
    if (place.start < runStart || place.end > next) break;
    const between = text.slice(place.end, next);
    if (start !== null ? between !== '' : between.length > 5 || lexicon.isNoPlace(between)) break;
    start = next = place.start;
  }
  return start;
}

/** 河北省涿州市 + 高新区 → 涿州高新区; the city stays before words that every city has. */
function shortName(stem: string, word: string, lexicon: ParkLexicon): string {
  let rest = stem;
  for (let length = Math.min(rest.length, 8); length >= 2; length--) {
    const place = lexicon.placeOf(rest.slice(0, length));
    if (place === null || rest.length - length < 2) continue;
    if (lexicon.meaningOf(rest + word) !== null) break;
    if (COMMON_STEM.test(rest.slice(length)) || word.endsWith('园') || word.endsWith('园区')) break;
    rest = rest.slice(length).replace(/^(?:地区|自治州|[省市州县区])(?=..)/, '');
    length = Math.min(rest.length, 8) + 1;
  }
  const place = lexicon.placeOf(rest);
  if (place !== null) return place + word;
  return (rest.length > 2 ? rest.replace(/[市县]$/, '') : rest) + word;
}

const COMMON_STEM =
  /^(?:[东西南北]部|城[东西南北]|[东西南北中]城|新城|江北|江南|临港|临空|空港|滨海|滨江|沿江|环湖|湖滨)/;
