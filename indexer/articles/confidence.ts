import { logOdds, type EvidenceOf } from './evidence.ts';
import { continuationCertainty } from './continuations.ts';
import { endsSentence } from './sentence-shape.ts';
import type { ReadingOrder } from './story-order.ts';

/**
 * What speaks for or against an article being whole and pure. Fitted by logistic regression on jumbled pages held
 * out from the continuation model (`npm run bench:pages -- --generated` prints how well it holds).
 */
const WEIGHTS = {
  /** Log odds that its headline opens a story, within ±6. */
  headline: 0.2,
  /** Log odds, at most 0, that the likeliest of its crossheads opens another one, from −6. */
  crosshead: -0.09,
  /** How many of its continuations are wrong, by their certainties. */
  wrongContinuations: -0.73,
  /** How many sentences are left open and go on nowhere. */
  hanging: -2.75,
  /** How much better its words suit it than another story, in its least fitting block, within ±3. */
  margin: 0.28,
  /** In how many blocks the words suit another story better. */
  misfits: -0.4,
  /** How often the page leaves it for another story and comes back. */
  resumed: -0.53,
};
const BASE = 0.83;
/** Without a headline nobody can say what the text is. */
const MOST_WITHOUT_HEADLINE = 0.3;

/**
 * Returns 0–1: how likely the article holds all of its story and nothing else. `headlineOdds` is null without a
 * headline; `margins` tell for each block by how much its words suit its story better than any other, `texts`
 * are the numbers of all text blocks of the page in page order.
 */
export function confidenceOf(
  headlineOdds: number | null,
  crossheadOdds: readonly number[],
  order: ReadingOrder,
  margins: readonly number[],
  texts: readonly number[],
): number {
  const own = order.blocks.filter((block) => block.kind === 'text');
  const found = own.map((block) => margins[block.index] ?? 0);
  const mine = new Set(own.map((block) => block.index));
  const runs = texts.filter((index, at) => mine.has(index) && !mine.has(texts[at - 1] ?? -1));
  const certainties = Array.from(order.next, ([from, to]) =>
    continuationCertainty(order.gains, from, to),
  );
  const within = (limit: number, number: number) => Math.max(-limit, Math.min(limit, number));
  const evidence: EvidenceOf<typeof WEIGHTS> = {
    headline: within(6, headlineOdds ?? -1),
    crosshead: Math.max(-6, Math.min(0, Math.max(-6, ...crossheadOdds))),
    wrongContinuations: certainties.reduce((sum, certainty) => sum + 1 - certainty, 0),
    hanging: own.filter(({ text, index }) => !endsSentence(text) && !order.next.has(index)).length,
    margin: within(3, Math.min(3, ...found)),
    misfits: found.filter((margin) => margin < 0).length,
    resumed: Math.max(0, runs.length - 1),
  };
  const likely = 1 / (1 + Math.exp(-logOdds(WEIGHTS, evidence, BASE)));
  const capped = headlineOdds === null ? Math.min(likely, MOST_WITHOUT_HEADLINE) : likely;
  return Math.round(capped * 1000) / 1000;
}
