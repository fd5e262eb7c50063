import type { RankingQuery, RankingTerm } from './ranking-query.ts';

/** An article as the ranker sees it: normalised text, as the query's spellings are. */
export interface RankableArticle {
  readonly doc: number;
  readonly title: string;
  readonly body: string;
  readonly primaryPark: string | null;
  readonly firstDay: number | null;
}

/** Term saturation and length normalisation of BM25 (Robertson & Zaragoza 2009), at their usual values. */
const K1 = 1.2;
const B = 0.75;
/** BM25F: an occurrence in the headline counts as several in the body. */
const TITLE_WEIGHT = 3;
const LEAD_LENGTH = 120;

/** How well an article answers the query; `averageLength` in characters. Higher is better. */
export function scoreArticle(
  article: RankableArticle,
  query: RankingQuery,
  averageLength: number,
): number {
  const norm = 1 - B + (B * article.body.length) / averageLength;
  const bm25 = (terms: readonly RankingTerm[]) => {
    let sum = 0;
    for (const { spelling, weight } of terms) {
      const found = count(article.body, spelling) + TITLE_WEIGHT * count(article.title, spelling);
      if (found > 0) sum += (weight * found * (K1 + 1)) / (found + K1 * norm);
    }
    return sum;
  };
  const words = bm25(query.terms);
  // Long questions gain from character pairs, queries of one or two words lose by them.
  const pairs = query.terms.length > 2 ? bm25(query.grams) * GRAM_SHARE : 0;
  return (
    words +
    pairs +
    leadBonus(article, query) +
    parkBonus(article, query) +
    phraseBonus(article, query)
  );
}

const GRAM_SHARE = 0.25;

function leadBonus(article: RankableArticle, { terms }: RankingQuery): number {
  if (terms.length <= 2) return 0;
  const lead = article.body.slice(0, LEAD_LENGTH);
  let sum = 0;
  for (const { spelling, weight } of terms) if (lead.includes(spelling)) sum += weight;
  return sum * LEAD_SHARE;
}

const LEAD_SHARE = 0.15;

/** A gentle preference for the story about the park that was asked for. */
function parkBonus(article: RankableArticle, { parks }: RankingQuery): number {
  return parks.reduce(
    (sum, park) => sum + (article.primaryPark === park ? PRIMARY_PARK_BONUS : 0),
    0,
  );
}

const PRIMARY_PARK_BONUS = 1;

/** The query as typed, found in one piece. */
function phraseBonus(article: RankableArticle, { runs, terms }: RankingQuery): number {
  const weight = terms.reduce((sum, term) => sum + term.weight, 0);
  const whole = runs.filter((run) => article.body.includes(run) || article.title.includes(run));
  return whole.length > 0 && terms.length > 1 ? weight * PHRASE_SHARE : 0;
}

const PHRASE_SHARE = 0.2;

function count(text: string, spelling: string): number {
  let found = 0;
  for (
    let at = text.indexOf(spelling);
    at !== -1;
    at = text.indexOf(spelling, at + spelling.length)
  )
    found += 1;
  return found;
}
