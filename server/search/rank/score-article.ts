import type { Occurrences } from './occurrences.ts';
import type { RankingQuery } from './ranking-query.ts';

/**
 * Term saturation and length normalisation of BM25 (Robertson & Zaragoza 2009). Saturation is stronger
 * than usual: that a word is there tells more than how often.
 */
const K1 = 0.9;
const B = 0.75;
/** A query of so many words is a list of subjects; with more it is a sentence, whose order tells. */
const FEW_WORDS = 2;
const PAIR_SHARE = 0.35;
const PAIR_SHARE_OF_FEW = 0.25;
const LEAD_LENGTH = 120;
const LEAD_SHARE = 0.3;
const NEIGHBOUR_SHARE = 2;
/** A gentle preference for the story about the park that was asked for. */
const PRIMARY_PARK_BONUS = 1;

/**
 * How well an article answers the query; higher is better. BM25 over words and pairs of characters; for
 * sentences also what stands in the lead, and how near to each other words stand that are neighbours in
 * the query.
 * @param pairWeights how telling each pair of the query is.
 */
export function scoreArticle(
  { article, places, counts, pairCounts }: Occurrences,
  query: RankingQuery,
  pairWeights: readonly number[],
): number {
  const norm = K1 * (1 - B + (B * article.length) / query.averageLength);
  const saturated = (count: number) => (count * (K1 + 1)) / (count + norm);
  const isSentence = query.words > FEW_WORDS;
  const leadEnd = article.bodyStart + LEAD_LENGTH;
  let score = 0;
  query.terms.forEach(({ weight }, index) => {
    const [first] = places[index]!;
    if (first === undefined) return;
    score += weight * saturated(counts[index]!);
    if (isSentence && first < leadEnd) score += weight * LEAD_SHARE;
  });
  const pairShare = isSentence ? PAIR_SHARE : PAIR_SHARE_OF_FEW;
  pairWeights.forEach((weight, index) => {
    if (pairCounts[index]! > 0) score += pairShare * weight * saturated(pairCounts[index]!);
  });
  if (isSentence)
    for (const [first, second] of query.neighbours) {
      const weight = Math.min(query.terms[first]!.weight, query.terms[second]!.weight);
      const lengths = [first, second].map((index) => query.terms[index]!.spellings[0]!.length);
      const gap = smallestGap(places[first]!, lengths[0]!, places[second]!, lengths[1]!);
      score += (NEIGHBOUR_SHARE * weight) / (1 + gap);
    }
  for (const park of query.parks) if (article.primaryPark === park) score += PRIMARY_PARK_BONUS;
  return score;
}

/** Characters between the nearest two of the places, in either order; infinite when one list is empty. */
function smallestGap(
  firsts: readonly number[],
  firstLength: number,
  seconds: readonly number[],
  secondLength: number,
): number {
  let smallest = Infinity;
  for (let a = 0, b = 0; a < firsts.length && b < seconds.length;) {
    const [first, second] = [firsts[a]!, seconds[b]!];
    const gap = first < second ? second - first - firstLength : first - second - secondLength;
    smallest = Math.min(smallest, Math.max(0, gap));
    if (first < second) a++;
    else b++;
  }
  return smallest;
}
