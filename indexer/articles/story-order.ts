import type { TypedBlock } from './classify-blocks.ts';
import { likenessWithin, parksIn, shareWithin, tellingApart, type Subject } from './cohesion.ts';
import type { ContinuationModel } from './continuation-model.ts';
import { continuationGains } from './continuations.ts';
import { readSections } from './section-beam.ts';

/** One story's text and crossheads in reading order, and which block goes on in which. */
export type ReadingOrder = ReturnType<typeof readingOrder>;

/**
 * Returns the text and crosshead blocks of one story in reading order. What stands above the
 * headline can only be a later part that was set there, so it is read last.
 */
export function readingOrder(
  blocks: readonly TypedBlock[],
  headlineAt: number,
  model: ContinuationModel,
  subjects: readonly Subject[],
) {
  const inOrder = [
    ...blocks.filter((block) => block.index > headlineAt),
    ...blocks.filter((block) => block.index < headlineAt),
  ];
  const gains = continuationGains(inOrder, model, subjects, 'story');
  const continues = (from: number, to: number): number => gains.get(from)?.get(to) ?? -Infinity;
  const within = tellingApart(
    inOrder.map((block) => subjects[block.index]!),
    [...inOrder.keys()],
    0,
  );
  const placeOf = new Map(inOrder.map((block, place) => [block.index, place]));
  const compared = likenessWithin(within);
  const alike = (first: number, second: number): number =>
    compared(placeOf.get(first)!, placeOf.get(second)!);
  const says = (block: number, crosshead: number): number =>
    shareWithin(within[placeOf.get(crosshead)!]!, within[placeOf.get(block)!]!);
  const parksOf = new Map(inOrder.map((block) => [block.index, parksIn(block.text)]));
  const parks = (block: number): ReadonlySet<string> => parksOf.get(block)!;
  return { ...readSections(inOrder, { continues, alike, says, parks }), gains };
}
