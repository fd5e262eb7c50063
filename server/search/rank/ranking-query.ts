import type { Token } from '../../../indexer/analyzer/analyzer.ts';
import { toTermText } from '../../../indexer/documents/ranking-text.ts';
import { parkTerm, titleTerm } from '../../../indexer/documents/special-terms.ts';
import type { Vocabulary } from '../../../indexer/store/vocabulary.ts';
import type { WordTools } from '../../rewrites/rewrites.ts';
import { isTextLiteral, type Clause } from '../clause.ts';
import { parkForms, significantTokens } from '../understanding.ts';

/** Something of the query that an article is scored by. */
interface RankingTerm {
  /** What is counted in an article's ranking text; any of them. */
  readonly spellings: readonly string[];
  /** Inverse document frequency. */
  readonly weight: number;
}

/** A term by which articles may be found. */
interface RetrievalTerm {
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
  /** Significant words and smaller words in them, rarest first; those that stand nowhere are left out. */
  readonly retrieval: readonly RetrievalTerm[];
  /** How many significant words an article must have: those of the alternative with the most. */
  readonly words: number;
  /** The same for one run of text without a space. */
  readonly longestRun: number;
  readonly articles: number;
  readonly averageLength: number;
}

/** What the clauses ask for, with how significant each part is in this corpus. */
export function rankingQuery(
  clauses: readonly Clause[],
  vocabulary: Vocabulary,
  { analyzer, gazetteer, isStopWord }: WordTools,
): RankingQuery {
  const articles = Math.max(1, vocabulary.articles());
  const terms: RankingTerm[] = [];
  const places = new Map<string, number>();
  const neighbours = new Map<string, readonly [number, number]>();
  const pairs = new Set<string>();
  const parks = new Set<string>();
  const retrieval = new Map<string, RetrievalTerm>();
  let words = 0;
  let longestRun = 0;

  function addTerm(term: string, spellings: readonly string[]): number {
    const known = places.get(term);
    if (known !== undefined) return known;
    places.set(term, terms.length);
    const weight = inverseFrequency(vocabulary.articlesWith(term), articles);
    return terms.push({ spellings, weight }) - 1;
  }

  function addRetrieval(term: string, asked: string): void {
    const found = vocabulary.articlesWith(term);
    if (found > 0) retrieval.set(asked, { term: asked, articles: found });
  }

  function addText(text: string, titleOnly: boolean): Set<number> {
    const tokens = analyzer.analyze(text);
    const significant = significantTokens(tokens, isStopWord);
    const cut = significant.map(({ term }) => term);
    const at = cut.map((term) => addTerm(term, [term]));
    at.slice(1).forEach((second, index) => {
      const first = at[index]!;
      if (first !== second) neighbours.set(`${first} ${second}`, [first, second]);
    });
    for (const run of isListOfWords(tokens) ? cut : [toTermText(tokens).text])
      for (const pair of pairsOf(run)) pairs.add(pair);
    const inside = [...significant.flatMap(({ parts }) => parts), ...analyzer.wordsAnywhere(text)];
    for (const term of [...cut, ...inside.filter((word) => !isStopWord(word))])
      addRetrieval(term, titleOnly ? titleTerm(term) : term);
    const distinct = new Set(at);
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
        addRetrieval(term, term);
      } else if (isTextLiteral(literal))
        for (const place of addText(literal.text, literal.titleOnly)) asked.add(place);
    }
    words = Math.max(words, asked.size);
  }
  return {
    terms,
    neighbours: [...neighbours.values()],
    pairs: [...pairs],
    parks: [...parks],
    retrieval: rarestFirst([...retrieval.values()]),
    words,
    longestRun,
    articles,
    averageLength: vocabulary.averageLength(),
  };
}

/**
 * One or two words, whether or not a space stands between: the two characters at the seam of 人才|公寓 are no pair
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
function rarestFirst(terms: readonly RetrievalTerm[]): RetrievalTerm[] {
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

/**
 * How significant it is that an article holds what `found` of `articles` hold: BM25's inverse document
 * frequency (Robertson & Spärck Jones), never negative.
 */
export function inverseFrequency(found: number, articles: number): number {
  const most = Math.min(found, articles);
  return Math.log(1 + (articles - most + 0.5) / (most + 0.5));
}
