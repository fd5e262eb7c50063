import type { RankingQuery } from './ranking-query.ts';
import type { RankableArticle } from './score-article.ts';
import { scoreArticle } from './score-article.ts';

/** Document ids, best first: by score, then the newer, then the earlier taken in. The same every time. */
export function rankCandidates(
  candidates: readonly RankableArticle[],
  query: RankingQuery,
): number[] {
  const characters = candidates.reduce((sum, { body }) => sum + body.length, 0);
  const averageLength = Math.max(1, characters / Math.max(1, candidates.length));
  return candidates
    .map((article) => ({ article, score: scoreArticle(article, query, averageLength) }))
    .sort(
      (a, b) =>
        b.score - a.score ||
        (b.article.firstDay ?? -Infinity) - (a.article.firstDay ?? -Infinity) ||
        a.article.doc - b.article.doc,
    )
    .map(({ article }) => article.doc);
}
