/** Ranks count up to here. */
export const DEPTH = 10;

/** The quality of a row of answers, each with one right article. */
export interface Quality {
  readonly mrr: number;
  /** Of `mrr`. */
  readonly standardError: number;
  readonly recall1: number;
  readonly recall10: number;
  readonly ndcg10: number;
}

/** Returns the place of the right article among the first ten, from 1; null when it is not there. */
export function rankOf(relevant: string, found: readonly string[]): number | null {
  const index = found.slice(0, DEPTH).indexOf(relevant);
  return index < 0 ? null : index + 1;
}

/**
 * Returns MRR, recall and nDCG over the first ten hits. With one right article the ideal DCG is 1, so
 * nDCG is 1 / log2(rank + 1) (Järvelin & Kekäläinen 2002).
 */
export function qualityOf(ranks: readonly (number | null)[]): Quality {
  const reciprocals = ranks.map((rank) => (rank === null ? 0 : 1 / rank));
  const mrr = mean(reciprocals);
  const variance = mean(reciprocals.map((value) => (value - mrr) ** 2));
  return {
    mrr,
    standardError: Math.sqrt(variance / Math.max(1, ranks.length)),
    recall1: mean(ranks.map((rank) => (rank === 1 ? 1 : 0))),
    recall10: mean(ranks.map((rank) => (rank === null ? 0 : 1))),
    ndcg10: mean(ranks.map((rank) => (rank === null ? 0 : 1 / Math.log2(rank + 1)))),
  };
}

/** Returns the smallest of the values that at least this share of them does not exceed; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
