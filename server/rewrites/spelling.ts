import type { Park } from '../../config/gazetteer.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { simplifyRuns } from '../../indexer/analyzer/simplified.ts';
import type { CountedWord } from '../../indexer/store/vocabulary.ts';
import type { QueryNode } from '../query/query.ts';
import { NEARNESS, nearness } from './near-characters.ts';
import { properNames } from './park-names.ts';
import type { KnownWord, SpellingIndex } from './spelling-index.ts';
import { mapConjunctions } from './tree-rewriting.ts';

export interface SpellingSuggestion {
  readonly tree: QueryNode;
  /** The mistaken words as typed; several are joined by a space. */
  readonly from: string;
  readonly to: string;
}

const LONGEST_TEXT = 40;
const LONGEST_WORD = 20;

/**
 * Builds 您是不是要找: 贵阳高薪区 → 贵阳高新区, 佛山高新曲 → 佛山高新区. It looks for names of parks and
 * frequent words that sound like a part of the query or differ in one character, and answers null when
 * nothing is clearly likelier than what was typed. Give it the tree as parsed, and rewrite its answer;
 * `words` are an index of {@link knownWords}.
 */
export function createSpellingSuggester(analyzer: Pick<Analyzer, 'analyze'>) {
  return function suggestSpelling(
    tree: QueryNode,
    words: SpellingIndex,
  ): SpellingSuggestion | null {
    const corrections: Correction[] = [];
    const corrected = mapConjunctions(tree, (members, { negated }) =>
      members.map((node): QueryNode => {
        if (node.type !== 'text' || negated || node.text.length > LONGEST_TEXT) return node;
        const simplified = simplifyRuns(node.text);
        const correction = bestCorrection(simplified, tokenEnds(simplified, analyzer), words);
        if (correction === null) return node;
        const { start, end, word } = correction;
        corrections.push({ ...correction, typed: node.text.slice(start, end) });
        return { type: 'text', text: simplified.slice(0, start) + word + simplified.slice(end) };
      }),
    );
    if (corrections.length === 0) return null;
    return {
      tree: corrected,
      from: corrections.map(({ typed }) => typed).join(' '),
      to: corrections.map(({ word }) => word).join(' '),
    };
  };
}

interface Correction {
  readonly start: number;
  readonly end: number;
  readonly typed: string;
  readonly word: string;
}

/** What may have been meant: names of parks first, for they are worth more than the same word in the corpus. */
export function* knownWords(
  parks: readonly Park[],
  vocabulary: Iterable<CountedWord>,
): Generator<KnownWord> {
  for (const park of parks)
    for (const name of properNames(park))
      if (HAN_WORD.test(name)) yield { word: normaliseText(name).text, count: 1, isPark: true };
  for (const { word, count } of vocabulary)
    if (HAN_WORD.test(word)) yield { word, count, isPark: false };
}

// In the basic plane, so that one character is one unit.
const HAN_WORD = /^[\u3400-\u9fff]{2,24}$/;

/** Where the tokens of a text end → their length; words begin and end there. */
function tokenEnds(text: string, analyzer: Pick<Analyzer, 'analyze'>): ReadonlyMap<number, number> {
  return new Map(analyzer.analyze(text).map(({ start, end }) => [end, end - start]));
}

function bestCorrection(
  text: string,
  ends: ReadonlyMap<number, number>,
  index: SpellingIndex,
): Correction | null {
  let best: Correction | null = null;
  let bestScore = 0;
  for (const start of [0, ...ends.keys()])
    for (const end of ends.keys()) {
      const typed = text.slice(start, end);
      if (end - start > LONGEST_WORD || !HAN_WORD.test(typed)) continue;
      const usual = index.find(typed);
      if (usual?.isPark === true) continue;
      const loose = looseCharacters(start, end, ends);
      for (const candidate of index.findNear(typed)) {
        const score = likelihood(typed, usual, candidate, loose);
        if (score <= bestScore) continue;
        bestScore = score;
        best = { start, end, typed, word: candidate.word };
      }
    }
  return best;
}

/** The characters of a stretch that are tokens by themselves: mistyped words fall apart into such. */
function looseCharacters(
  start: number,
  end: number,
  ends: ReadonlyMap<number, number>,
): ReadonlySet<number> {
  const loose = new Set<number>();
  for (let at = start; at < end; at++) if (ends.get(at + 1) === 1) loose.add(at - start);
  return loose;
}

const FEWEST = 5;
const TIMES_LIKELIER = 20;

/** 0: not likely enough to be offered. */
function likelihood(
  typed: string,
  usual: KnownWord | undefined,
  { word, count, isPark }: KnownWord,
  loose: ReadonlySet<number>,
): number {
  const changed = Array.from(typed).flatMap((character, at) =>
    character === word[at] ? [] : [at],
  );
  const weight = Math.min(...changed.map((at) => nearness(typed[at]!, word[at]!)));
  const length = typed.length;
  if (isPark) {
    // Two places whose names differ in one character are two places: 锡山, 惠山.
    const isOtherPlace = weight <= NEARNESS.other && changed.some((at) => !loose.has(at));
    if (length < 4 || isOtherPlace || (usual?.count ?? 0) >= FEWEST) return 0;
    return weight + length * 2 + 5;
  }
  if (count < FEWEST || count < (usual?.count ?? 0) * TIMES_LIKELIER) return 0;
  // What the analyzer knows as a word, or as several, is seldom a mistake, whatever it sounds like.
  const isFamous = length >= 4 && weight === NEARNESS.homophone && count >= FEWEST * 10;
  if (loose.size === 0 && !isFamous) return 0;
  if (length === 2 && (weight < NEARNESS.nearShape || count < FEWEST * 4)) return 0;
  if (weight <= NEARNESS.other && (length < 4 || changed.some((at) => !loose.has(at)))) return 0;
  return weight + length * 2 + Math.log10(count);
}
