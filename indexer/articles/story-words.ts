import type { TypedBlock } from './classify-blocks.ts';
import type { Subject } from './cohesion.ts';
import type { ContinuationModel } from './continuation-model.ts';

/** A story's next words come from its own words to this share, else from the language at large. */
const OWN_SHARE = 0.4;
/** Words of one block are no independent witnesses. */
const WITNESS = 0.3;
/** So many blocks with none of its words are added to every story. */
const PRIOR_BLOCKS = 1;
/** A headline tells what a story is about as this many blocks do. */
const TITLE_BLOCKS = 3;
/** On a page even a rare pair comes by chance this often in a block: stories of one page are alike. */
const BY_CHANCE = 0.02;
const PARK_BY_CHANCE = 0.0005;
/** Blocks that can belong to a story by what they say. */
const SAYING: ReadonlySet<string> = new Set(['text', 'caption', 'quote']);

/**
 * Returns the function that tells, given the story of each text block, for each block and story the log odds, by
 * its words, that the block belongs to the story rather than to none; the block itself is left out of its story.
 * Zero for blocks that no story can have (headings, by-lines, furniture).
 *
 * A cache model: what a text has said it says again (Kuhn and De Mori 1990), so a pair that stands in other blocks
 * of the story counts by how much likelier that makes it than in the language at large.
 */
export function createWordEvidence(
  blocks: readonly TypedBlock[],
  subjects: readonly Subject[],
  titles: readonly Subject[],
  model: ContinuationModel,
): (labels: readonly number[]) => Float64Array[] {
  const stories = titles.length;
  return function suitsByWords(labels) {
    /** For each pair of characters in how many of its blocks a story has it. */
    const holders = new Map<string, Map<number, number>>();
    const sizes = titles.map(() => 0);
    const hold = (subject: Subject, story: number, times: number): void => {
      sizes[story]! += times;
      for (const pair of subject.keys()) {
        const held = holders.get(pair) ?? new Map<number, number>();
        holders.set(pair, held.set(story, (held.get(story) ?? 0) + times));
      }
    };
    for (const [story, title] of titles.entries()) hold(title, story, TITLE_BLOCKS);
    for (const { kind, index } of blocks)
      if (kind === 'text' && labels[index]! >= 0) hold(subjects[index]!, labels[index]!, 1);

    return blocks.map(({ kind, index, text }) => {
      const suits = new Float64Array(stories);
      if (!SAYING.has(kind)) return suits;
      const own = kind === 'text' ? labels[index]! : -1;
      for (const pair of subjects[index]!.keys()) {
        const held = holders.get(pair);
        if (held === undefined) continue;
        const holding = held.size - (own >= 0 && held.get(own) === 1 ? 1 : 0);
        if (holding === 0) continue;
        const weight = WITNESS * tellsApart(holding, stories);
        const usual = usualIn(pair, text.length, model);
        for (const [story, count] of held) {
          const self = story === own ? 1 : 0;
          if (count === self) continue;
          const here = (count - self) / (sizes[story]! - self + PRIOR_BLOCKS);
          suits[story]! += weight * Math.log(1 - OWN_SHARE + (OWN_SHARE * here) / usual);
        }
      }
      return suits;
    });
  };
}

/** 1 for a pair that up to half of the stories have, less for one that most have, near 0 when all have it. */
function tellsApart(holding: number, stories: number): number {
  const [share, all] = [Math.log((stories + 0.5) / holding), Math.log(stories + 0.5)];
  return Math.min(1, share / Math.sqrt(all * Math.LN2));
}

/** How often a text of this length has the pair by chance. */
function usualIn(pair: string, length: number, model: ContinuationModel): number {
  if (pair.length > 2) return PARK_BY_CHANCE;
  const rate = (model.pairCount(pair[0]!, pair[1]!) + 0.5) / model.size;
  return Math.min(0.9, rate * length + BY_CHANCE);
}
