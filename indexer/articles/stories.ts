import type { TypedBlock } from './classify-blocks.ts';
import { subjectOf, type Subject } from './cohesion.ts';
import { firstBlock, type Headline } from './headlines.ts';
import type { SeamModel } from './seam-model.ts';
import { endsSentence } from './sentence-shape.ts';
import { readStories } from './story-beam.ts';

/** These and the costs in story-beam.ts were searched on jumbled pages and our sample pages. */
const SUBJECT_WEIGHT = 20;
/** One over the weight of shared pairs from which a block's subject counts as fully explained. */
const WHOLE_AT = 0.023;
const ROUNDS = 3;
/** A picture often stands among another story's columns, but its caption must say so clearly. */
const CAPTION_MARGIN = 0.12;

/**
 * Returns for each block the number of its story (index into `headlines`; −1 when there is none):
 * running text by {@link readStories}, repeated while the stories' subjects become clearer; what
 * stands beside it (by-lines, captions, furniture) with the text or headline before it, a crosshead
 * with the text below it.
 */
export function assignStories(
  blocks: readonly TypedBlock[],
  headlines: readonly Headline[],
  continues: (from: number, to: number) => number,
  subjects: readonly Subject[],
  model: SeamModel,
): number[] {
  const opens = new Map(
    headlines.flatMap((headline, story) =>
      [...headline.kickers, ...headline.titles, ...headline.subtitles].map(
        (index) => [index, story] as const,
      ),
    ),
  );
  if (headlines.length < 2) return blocks.map(() => headlines.length - 1);
  const titleSubjects = headlines.map((headline) =>
    subjectOf(
      [...headline.kickers, ...headline.titles, ...headline.subtitles]
        .map((i) => blocks[i]!.text)
        .join(''),
      model,
    ),
  );
  let labels = firstRuns(blocks, headlines);
  for (let round = 0; round < ROUNDS; round++) {
    const explained = explainedByStories(blocks, labels, subjects, titleSubjects);
    const next = readStories(blocks, {
      continues,
      suits: (block, story) => SUBJECT_WEIGHT * explained[block]![story]!,
      opens,
      stories: headlines.length,
    });
    if (next.every((label, index) => label === labels[index])) break;
    labels = next;
  }
  const explained = explainedByStories(blocks, labels, subjects, titleSubjects);
  return besideText(blocks, labels, opens, explained);
}

/** Only what stands surely in a story: from its headline down to the first break; −1 for the rest. */
function firstRuns(blocks: readonly TypedBlock[], headlines: readonly Headline[]): number[] {
  const labels = new Array<number>(blocks.length).fill(-1);
  for (const [story, headline] of headlines.entries()) {
    for (let at = firstBlock(headline) + 1; at < blocks.length; at++) {
      const block = blocks[at]!;
      const inHeadline =
        headline.titles.includes(at) ||
        headline.subtitles.includes(at) ||
        headline.kickers.includes(at);
      if (block.kind === 'heading' && !inHeadline) break;
      if (block.kind !== 'text') continue;
      labels[at] = story;
      if (!endsSentence(block.text)) break;
    }
  }
  return labels;
}

function besideText(
  blocks: readonly TypedBlock[],
  textLabels: readonly number[],
  opens: ReadonlyMap<number, number>,
  explained: readonly Float64Array[],
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
      : storyOfCaption(explained[block.index]!, story);
  }
  for (let index = blocks.length - 2; index >= 0; index--) {
    const below = blocks[index + 1]!.kind;
    const isCrosshead = blocks[index]!.kind === 'heading' && !opens.has(index);
    if (isCrosshead && (below === 'text' || (below === 'heading' && !opens.has(index + 1))))
      labels[index] = labels[index + 1]!;
  }
  return labels;
}

function hasSubject(block: TypedBlock): boolean {
  return block.kind === 'text' || block.kind === 'caption' || block.kind === 'quote';
}

/** The story that a caption or a boxed quotation speaks of, when its words tell it from the one around it. */
function storyOfCaption(explained: Float64Array, around: number): number {
  const best = explained.indexOf(Math.max(...explained));
  return explained[best]! > explained[around]! + CAPTION_MARGIN ? best : around;
}

/** For each block and story: how much of the block's subject the rest of the story has, 0–1. */
function explainedByStories(
  blocks: readonly TypedBlock[],
  labels: readonly number[],
  subjects: readonly Subject[],
  titleSubjects: readonly Subject[],
): Float64Array[] {
  const stories = titleSubjects.length;
  /** For each pair: the stories that have it, and how often. */
  const holders = new Map<string, Map<number, number>>();
  const hold = (pair: string, story: number, times: number): void => {
    const held = holders.get(pair) ?? new Map<number, number>();
    holders.set(pair, held.set(story, (held.get(story) ?? 0) + times));
  };
  for (const [story, title] of titleSubjects.entries()) {
    for (const pair of title.keys()) hold(pair, story, 2);
  }
  for (const block of blocks) {
    const story = labels[block.index]!;
    if (block.kind !== 'text' || story < 0) continue;
    for (const pair of subjects[block.index]!.keys()) hold(pair, story, 1);
  }
  return blocks.map((block) => {
    const explained = new Float64Array(stories);
    if (!hasSubject(block)) return explained;
    const own = block.kind === 'text' ? labels[block.index]! : -1;
    let all = 0;
    for (const [pair, weight] of subjects[block.index]!) {
      all += weight;
      const others = [...(holders.get(pair) ?? [])]
        .map(([story, count]) => ({ story, count: count - (story === own ? 1 : 0) }))
        .filter(({ count }) => count > 0);
      if (others.length === 0) continue;
      // A pair that every story has tells nothing; one that a single story has tells most.
      const telling =
        (weight * Math.log((stories + 0.5) / others.length)) / Math.log(stories + 0.5);
      for (const { story, count } of others) explained[story]! += telling * (count > 1 ? 1.3 : 1);
    }
    const length = Math.min(1, block.text.length / 60);
    return explained.map((sum) =>
      all === 0 ? 0 : (length * (sum / (all + 20)) + Math.min(1, sum * WHOLE_AT)) / 2,
    );
  });
}
