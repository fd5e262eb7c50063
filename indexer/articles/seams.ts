import type { TypedBlock } from './classify-blocks.ts';
import { likenessWithin, type Subject } from './cohesion.ts';
import {
  endsOf,
  seamEvidence,
  seamScore,
  type Ends,
  type SeamEvidence,
  type SeamScope,
} from './seam-evidence.ts';
import type { SeamModel } from './seam-model.ts';

/** How many text blocks away a continuation is looked for; less on pages of absurd length. */
const LONGEST_REACH = 200;
const SHORTEST_REACH = 20;
const PAIRS = 60_000;

/** An open end with every block that could continue it. */
export interface OpenEnd {
  readonly from: number;
  readonly candidates: readonly { readonly to: number; readonly evidence: SeamEvidence }[];
}

/**
 * Returns every text block of a sequence that ends in the middle of a sentence, with all blocks that
 * might continue it; distances are counted along the sequence. `subjects` are by block index.
 */
export function openEnds(
  sequence: readonly TypedBlock[],
  model: SeamModel,
  subjects: readonly Subject[],
  wanted: (index: number) => boolean = () => true,
): OpenEnd[] {
  const alike = likenessWithin(subjects);
  const ends: Ends[] = [];
  let before: TypedBlock | null = null;
  for (const block of sequence) {
    if (block.kind === 'text') ends.push(endsOf(block, before, model));
    if (block.kind === 'text' || block.kind === 'heading') before = block;
  }
  const reach = Math.max(
    SHORTEST_REACH,
    Math.min(LONGEST_REACH, Math.floor(PAIRS / (ends.length + 1))),
  );
  return ends.flatMap((from, place): OpenEnd[] => {
    if (from.isWhole || !wanted(from.index)) return [];
    const near = ends.slice(Math.max(0, place - reach), place + reach + 1);
    const candidates = near.flatMap((to, nearPlace) => {
      if (to === from) return [];
      const otherPlace = nearPlace + Math.max(0, place - reach);
      const subject = alike(from.index, to.index);
      return [
        { to: to.index, evidence: seamEvidence(from, to, otherPlace - place, subject, model) },
      ];
    });
    return [{ from: from.index, candidates }];
  });
}

/** How likely each open end goes on in each block: log odds against its having no continuation here. */
export type SeamGains = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** Returns the gain of every pair of an open end and a text block. */
export function seamGains(
  sequence: readonly TypedBlock[],
  model: SeamModel,
  subjects: readonly Subject[],
  scope: SeamScope,
): SeamGains {
  return new Map(
    openEnds(sequence, model, subjects).map(({ from, candidates }) => [
      from,
      new Map(candidates.map(({ to, evidence }) => [to, seamScore(evidence, scope)])),
    ]),
  );
}

/** Returns 0–1: how clearly a continuation beats all others and none at all. */
export function seamCertainty(gains: SeamGains, from: number, to: number): number {
  const row = gains.get(from);
  const chosen = row?.get(to);
  if (row === undefined || chosen === undefined) return 0;
  let others = Math.exp(-chosen);
  for (const [other, gain] of row) if (other !== to) others += Math.exp(gain - chosen);
  return 1 / (1 + others);
}
