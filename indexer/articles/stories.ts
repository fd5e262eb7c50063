import type { TypedBlock } from './classify-blocks.ts';
import { subjectOf, type Subject } from './cohesion.ts';
import { blocksOf, firstBlock, type Headline } from './headlines.ts';
import type { ContinuationModel } from './continuation-model.ts';
import { endsSentence } from './sentence-shape.ts';
import { readStories } from './story-beam.ts';
import { createWordEvidence } from './story-words.ts';

const ROUNDS = 3;
/** A picture often stands among another story's columns, but its caption must say so clearly. */
const CAPTION_MARGIN = 2.4;

/** Where there is no other story. */
const MOST_MARGIN = 3;

/**
 * Returns for each block the number of its story (index into `headlines`; −1 when there is none), and for each
 * text block by how much its words suit its story better than any other, in log odds.
 *
 * Running text is given out by {@link readStories}, repeated while the stories' subjects become clearer; what
 * stands beside it (by-lines, captions, furniture) goes with the text or headline before it, a crosshead
 * with the text below it.
 */
export function assignStories(
  blocks: readonly TypedBlock[],
  headlines: readonly Headline[],
  continues: (from: number, to: number) => number,
  subjects: readonly Subject[],
  model: ContinuationModel,
): { readonly labels: readonly number[]; readonly margins: readonly number[] } {
  const opens = new Map(
    headlines.flatMap((headline, story) =>
      blocksOf(headline).map((index) => [index, story] as const),
    ),
  );
  if (headlines.length < 2)
    return {
      labels: blocks.map(() => headlines.length - 1),
      margins: blocks.map(() => MOST_MARGIN),
    };
  const titleSubjects = headlines.map((headline) =>
    subjectOf(
      blocksOf(headline)
        .map((index) => blocks[index]!.text)
        .join(''),
      model,
    ),
  );
  const suitsByWords = createWordEvidence(blocks, subjects, titleSubjects, model);
  let labels = firstRuns(blocks, headlines);
  for (let round = 0; round < ROUNDS; round++) {
    const suits = suitsByWords(labels);
    const next = readStories(blocks, {
      continues,
      suits: (block, story) => suits[block]![story]!,
      opens,
      stories: headlines.length,
    });
    if (next.every((label, index) => label === labels[index])) break;
    labels = next;
  }
  const suits = suitsByWords(labels);
  const margins = labels.map((own, index) => {
    const others = suits[index]!.filter((_, story) => story !== own);
    return own < 0 ? 0 : suits[index]![own]! - Math.max(...others);
  });
  return { labels: besideText(blocks, labels, opens, suits), margins };
}

/** Only what stands surely in a story: from its headline down to the first break; −1 for the rest. */
function firstRuns(blocks: readonly TypedBlock[], headlines: readonly Headline[]): number[] {
  const labels = new Array<number>(blocks.length).fill(-1);
  for (const [story, headline] of headlines.entries()) {
    const head = blocksOf(headline);
    for (const { index, kind, text } of blocks.slice(firstBlock(headline) + 1)) {
      if (kind === 'heading' && !head.includes(index)) break;
      if (kind !== 'text') continue;
      labels[index] = story;
      if (!endsSentence(text)) break;
    }
  }
  return labels;
}

function besideText(
  blocks: readonly TypedBlock[],
  textLabels: readonly number[],
  opens: ReadonlyMap<number, number>,
  suits: readonly Float64Array[],
): number[] {
  const labels = [...textLabels];
  let story = labels.find((label) => label >= 0) ?? 0;
  for (const block of blocks) {
    story = opens.get(block.index) ?? (labels[block.index]! >= 0 ? labels[block.index]! : story);
    labels[block.index] = story;
    if (block.kind !== 'caption' && block.kind !== 'quote') continue;
    const before = blocks[block.index - 1];
    // A credit or a speaker's name goes with the caption or quotation above it.
    const follows = block.text.length < 24 && before?.kind === block.kind;
    labels[block.index] = follows
      ? labels[before.index]!
      : storyOfCaption(suits[block.index]!, story);
  }
  for (let index = blocks.length - 2; index >= 0; index--) {
    const below = blocks[index + 1]!.kind;
    const isCrosshead = blocks[index]!.kind === 'heading' && !opens.has(index);
    if (isCrosshead && (below === 'text' || (below === 'heading' && !opens.has(index + 1))))
      labels[index] = labels[index + 1]!;
  }
  return labels;
}

/** The story that a caption or a boxed quotation speaks of, when its words tell it from the one around it. */
function storyOfCaption(suits: Float64Array, around: number): number {
  const best = suits.indexOf(Math.max(...suits));
  return suits[best]! > suits[around]! + CAPTION_MARGIN ? best : around;
}
