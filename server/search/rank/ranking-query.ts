import type { Analyzer } from '../../../indexer/analyzer/analyzer.ts';
import { queryGramsOf } from '../../../indexer/analyzer/grams.ts';
import { normaliseText } from '../../../indexer/analyzer/normalised-text.ts';
import { parkTerm } from '../../../indexer/documents/special-terms.ts';
import type { Vocabulary } from '../../../indexer/store/vocabulary.ts';
import type { Clause } from '../clause.ts';

/** Something of the query that an article is scored by. */
export interface RankingTerm {
  /** As the index holds it. */
  readonly term: string;
  /** What is counted in an article's normalised text. */
  readonly spelling: string;
  /** Inverse document frequency, BM25's (Robertson & Spärck Jones), never negative. */
  readonly weight: number;
  /** Articles that hold it. */
  readonly articles: number;
}

export interface RankingQuery {
  readonly terms: readonly RankingTerm[];
  readonly grams: readonly RankingTerm[];
  /** Parks that were asked for. */
  readonly parks: readonly string[];
  /** Normalised runs of the query as typed, for phrase evidence. */
  readonly runs: readonly string[];
}

/** What the clauses ask for, with how telling each part is in this corpus. */
export function rankingQuery(
  clauses: readonly Clause[],
  analyzer: Analyzer,
  vocabulary: Vocabulary,
  isStopWord: (term: string) => boolean,
): RankingQuery {
  const total = Math.max(1, vocabulary.articles());
  const weigh = (term: string, spelling: string): RankingTerm => {
    const articles = vocabulary.articlesWith(term);
    const weight = Math.log(1 + (total - Math.min(articles, total) + 0.5) / (articles + 0.5));
    return { term, spelling, weight, articles };
  };
  const terms = new Map<string, RankingTerm>();
  const grams = new Map<string, RankingTerm>();
  const parks = new Set<string>();
  const runs = new Set<string>();
  for (const literal of clauses.flatMap((clause) => clause.must)) {
    if (literal.type === 'named-park') {
      parks.add(literal.id);
      const term = parkTerm(literal.id);
      terms.set(term, weigh(term, normaliseText(literal.name).text));
    } else if (literal.type === 'words' || literal.type === 'phrase') {
      runs.add(normaliseText(literal.text).text);
      const tokens = analyzer.analyze(literal.text).filter((token) => token.term !== '');
      const telling = tokens.filter((token) => !isStopWord(token.term));
      for (const token of telling.length > 0 ? telling : tokens)
        terms.set(token.term, weigh(token.term, normaliseText(token.text).text));
      for (const gram of queryGramsOf(literal.text)) grams.set(gram, weigh(gram, gram));
    }
  }
  return {
    terms: [...terms.values()].sort((a, b) => a.articles - b.articles || order(a.term, b.term)),
    grams: [...grams.values()],
    parks: [...parks],
    runs: [...runs],
  };
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
