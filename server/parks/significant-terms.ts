import type { Vocabulary } from '../../indexer/store/vocabulary.ts';

/** In how many articles a word stands, here and elsewhere. */
export interface WordUse {
  readonly here: number;
  readonly articlesHere: number;
  readonly elsewhere: number;
  readonly articlesElsewhere: number;
}

/**
 * How much a word tells one group of articles from another: Dunning's log-likelihood ratio G² of the
 * table word or not × here or elsewhere, negative where the word is rarer here; 0 where it is as common.
 * Counted by article, so that one story full of a word weighs as one.
 *
 * Source: Dunning, “Accurate Methods for the Statistics of Surprise and Coincidence”, Computational
 * Linguistics 19 (1993). Monroe's log-odds ranked words that stand everywhere above those that stand
 * only here: with few articles, a word without any elsewhere is all variance to it.
 */
export function logLikelihoodRatio(use: WordUse): number {
  const { here, articlesHere, elsewhere, articlesElsewhere } = use;
  const share = (here + elsewhere) / (articlesHere + articlesElsewhere);
  const half =
    surprise(here, articlesHere * share) +
    surprise(articlesHere - here, articlesHere * (1 - share)) +
    surprise(elsewhere, articlesElsewhere * share) +
    surprise(articlesElsewhere - elsewhere, articlesElsewhere * (1 - share));
  return here >= articlesHere * share ? 2 * half : -2 * half;
}

function surprise(seen: number, expected: number): number {
  return seen === 0 ? 0 : seen * Math.log(seen / expected);
}

export interface SignificantTerm {
  readonly word: string;
  /** Articles of the sample that hold it. */
  readonly articles: number;
}

export interface CountedSample {
  /** Articles looked at. */
  readonly articles: number;
  /** In how many of them each word stands. */
  readonly words: ReadonlyMap<string, number>;
}

const LEAST_ARTICLES = 2;
/** Exceeded by chance once in 1,000 words (χ² with one degree of freedom). */
const LEAST_SCORE = 10.83;

/**
 * The words that tell the sample from the rest of the corpus, the most significant first, `limit` at most.
 * Of two words of which one holds the other, only the more significant one.
 */
export function significantTerms(
  sample: CountedSample,
  corpus: Pick<Vocabulary, 'articles' | 'articlesWith'>,
  limit: number,
): SignificantTerm[] {
  const articlesHere = sample.articles;
  const articlesElsewhere = Math.max(0, corpus.articles() - articlesHere);
  const scored = [...sample.words]
    .filter(([, here]) => here >= LEAST_ARTICLES)
    .map(([word, here]) => {
      // The index counts a changed article twice and may lag behind the store.
      const beyond = Math.max(0, corpus.articlesWith(word) - here);
      const elsewhere = Math.min(beyond, articlesElsewhere);
      const use = { here, articlesHere, elsewhere, articlesElsewhere };
      return { word, articles: here, score: logLikelihoodRatio(use) };
    })
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1));
  const chosen: SignificantTerm[] = [];
  for (const { word, articles } of scored) {
    if (chosen.length === limit) break;
    if (chosen.some((other) => other.word.includes(word) || word.includes(other.word))) continue;
    chosen.push({ word, articles });
  }
  return chosen;
}
