import type { Gazetteer } from '../../../config/gazetteer.ts';
import type { Analyzer, Token } from '../../../indexer/analyzer/analyzer.ts';
import { toTermText } from '../../../indexer/documents/ranking-text.ts';
import { parkTerm, titleTerm } from '../../../indexer/documents/special-terms.ts';
import type { Vocabulary } from '../../../indexer/store/vocabulary.ts';
import type { Clause } from '../clause.ts';
import { parkForms } from '../park-forms.ts';
import { inverseFrequency } from './inverse-frequency.ts';

/** Something of the query that an article is scored by. */
interface RankingTerm {
  /** What is counted in an article's ranking text; any of them. */
  readonly spellings: readonly string[];
  /** Inverse document frequency. */
  readonly weight: number;
}

/** A term by which articles may be found. */
interface FindingTerm {
  /** As the index holds it. */
  readonly term: string;
  /** Articles that hold it: one at least. */
  readonly articles: number;
}

export interface RankingQuery {
  /** In the order of the query, each once. */
  readonly terms: readonly RankingTerm[];
  /** Places in `terms` of terms that follow one another in the query. */
  readonly neighbours: readonly (readonly [number, number])[];
  /** Two characters side by side, each once. */
  readonly pairs: readonly string[];
  /** Parks that were asked for. */
  readonly parks: readonly string[];
  /** Telling words and smaller words in them, rarest first; those that stand nowhere are left out. */
  readonly finding: readonly FindingTerm[];
  /** How many telling words an article must have: those of the alternative with the most. */
  readonly words: number;
  /** The same for one run of text without a space. */
  readonly longestRun: number;
  readonly articles: number;
  readonly averageLength: number;
}

export interface RankingDependencies {
  readonly analyzer: Analyzer;
  readonly gazetteer: Gazetteer;
  readonly isStopWord: (term: string) => boolean;
}

/** What the clauses ask for, with how telling each part is in this corpus. */
export function rankingQuery(
  clauses: readonly Clause[],
  vocabulary: Vocabulary,
  { analyzer, gazetteer, isStopWord }: RankingDependencies,
): RankingQuery {
  const articles = Math.max(1, vocabulary.articles());
  const terms = new Map<string, RankingTerm>();
  const places = new Map<string, number>();
  const neighbours = new Map<string, readonly [number, number]>();
  const pairs = new Set<string>();
  const parks = new Set<string>();
  const finding = new Map<string, FindingTerm>();
  let words = 0;
  let longestRun = 0;

  function addTerm(term: string, spellings: readonly string[]): number {
    const known = places.get(term);
    if (known !== undefined) return known;
    const weight = inverseFrequency(vocabulary.articlesWith(term), articles);
    terms.set(term, { spellings, weight });
    places.set(term, places.size);
    return places.size - 1;
  }

  function addFinding(term: string, asked: string): void {
    const found = vocabulary.articlesWith(term);
    if (found > 0) finding.set(asked, { term: asked, articles: found });
  }

  function addText(text: string, titleOnly: boolean): Set<number> {
    const tokens = analyzer.analyze(text);
    const telling = tellingTokens(tokens, isStopWord);
    const places = telling.map(({ term }) => addTerm(term, [term]));
    for (let at = 0; at + 1 < places.length; at++) {
      const [first, second] = [places[at]!, places[at + 1]!];
      if (first !== second) neighbours.set(`${first} ${second}`, [first, second]);
    }
    for (const text of isListOfWords(tokens)
      ? telling.map(({ term }) => term)
      : [toTermText(tokens).text])
      for (const pair of pairsOf(text)) pairs.add(pair);
    const inside = [...telling.flatMap(({ parts }) => parts), ...analyzer.wordsAnywhere(text)];
    for (const term of [
      ...telling.map((token) => token.term),
      ...inside.filter((word) => !isStopWord(word)),
    ])
      addFinding(term, titleOnly ? titleTerm(term) : term);
    const distinct = new Set(places);
    longestRun = Math.max(longestRun, distinct.size);
    return distinct;
  }

  for (const clause of clauses) {
    const asked = new Set<number>();
    for (const literal of clause.must) {
      if (literal.type === 'named-park') {
        parks.add(literal.id);
        const term = parkTerm(literal.id);
        asked.add(addTerm(term, parkForms(literal, gazetteer)));
        addFinding(term, term);
      } else if (literal.type === 'words' || literal.type === 'phrase') {
        for (const place of addText(literal.text, literal.titleOnly)) asked.add(place);
      }
    }
    words = Math.max(words, asked.size);
  }
  return {
    terms: [...terms.values()],
    neighbours: [...neighbours.values()],
    pairs: [...pairs],
    parks: [...parks],
    finding: rarestFirst([...finding.values()]),
    words,
    longestRun,
    articles,
    averageLength: vocabulary.averageLength(),
  };
}

/** Without stop words, unless there are no others. */
function tellingTokens(
  tokens: readonly Token[],
  isStopWord: (term: string) => boolean,
): readonly Token[] {
  const terms = tokens.filter(({ term }) => term !== '');
  const telling = terms.filter(({ term }) => !isStopWord(term));
  return telling.length > 0 ? telling : terms;
}

/**
 * One or two words, whether or not a space stands between: what stands at the seam of 人才|公寓 is no pair
 * that an article should have. MRR@10 of two keywords without a space .771, with such pairs .763.
 */
function isListOfWords(tokens: readonly Token[]): boolean {
  return tokens.length <= 2 && tokens.every(({ term }) => term.length > 1);
}

function* pairsOf(text: string): Generator<string> {
  for (const run of text.split(/\s+/u)) {
    let before = '';
    for (const character of run) {
      if (before !== '') yield before + character;
      before = character;
    }
  }
}

/** A smaller word that is as rare as the word around it tells nothing more. */
function rarestFirst(terms: readonly FindingTerm[]): FindingTerm[] {
  return terms
    .filter(
      (one) =>
        !terms.some(
          (other) =>
            other.articles === one.articles &&
            other.term.length > one.term.length &&
            other.term.includes(one.term),
        ),
    )
    .sort((a, b) => a.articles - b.articles || (a.term < b.term ? -1 : 1));
}
