/**
 * How telling it is that an article holds what `found` of `articles` hold: BM25's inverse document
 * frequency (Robertson & Spärck Jones), never negative.
 */
export function inverseFrequency(found: number, articles: number): number {
  const most = Math.min(found, articles);
  return Math.log(1 + (articles - most + 0.5) / (most + 0.5));
}
