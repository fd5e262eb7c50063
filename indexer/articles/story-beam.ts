import type { TypedBlock } from './classify-blocks.ts';
import { closesStory, endsHalfway, endsSentence } from './sentence-shape.ts';

/** What speaks for and against putting blocks together; all in units of log odds. */
export interface StoryEvidence {
  /** How much the second block looks like the continuation of the first; −Infinity when it cannot be. */
  readonly continues: (from: number, to: number) => number;
  /** How well a block's subject suits a story, 0 and up. */
  readonly suits: (block: number, story: number) => number;
  /** The story that a headline block opens. */
  readonly opens: ReadonlyMap<number, number>;
  readonly stories: number;
}

/** What leaving the story of the text before costs, by what stands at that place. */
const CHANGE = {
  afterWholeSentence: 3.2,
  afterOpenEnd: 1.2,
  atCrosshead: 3.2,
  atHeadline: 8,
  withContinuation: 0.6,
};
/** Going on with a new paragraph although the text before is left open. */
const LEFT_HANGING = 0.7;
const CONTINUATION_WEIGHT = 0.45;
/** The same when the continuation stands earlier on the page. */
const CLAIM_WEIGHT = 1;
/** More text for a story whose closing remark was read; finite, as a later part may stand first. */
const AFTER_CLOSE = 4;
/** A block changes only to one of the stories that its subject suits best. */
const STORIES_TRIED = 8;
const WIDEST_BEAM = 48;
const STEPS = 14_000;

/** A way of reading the page up to some block. */
interface Reading {
  readonly score: number;
  readonly story: number;
  /** Blocks that end in mid-sentence and have no continuation yet, with their story. */
  readonly open: readonly Placed[];
  /** Blocks that were not read as continuations: a later open end may still claim one. */
  readonly starts: readonly Placed[];
  /** Stories whose closing remark was read. */
  readonly closed: readonly number[];
  readonly block: number;
  readonly before: Reading | null;
}

interface Placed {
  readonly block: number;
  readonly story: number;
}

interface Step {
  readonly from: Reading;
  readonly story: number;
  readonly score: number;
  readonly continued: number;
}

/**
 * Returns the story of each text block, −1 for other blocks: the best reading found by a beam search
 * down the page. At each block a reading goes on in its story, takes up a sentence that any story
 * left open, or changes to a new paragraph of another story.
 */
export function readStories(blocks: readonly TypedBlock[], evidence: StoryEvidence): number[] {
  const width = Math.max(8, Math.min(WIDEST_BEAM, Math.floor(STEPS / Math.max(1, blocks.length))));
  let readings: Reading[] = Array.from({ length: evidence.stories }, (_, story) => ({
    score: story === 0 ? 0 : -1,
    story,
    open: [],
    starts: [],
    closed: [],
    block: -1,
    before: null,
  }));
  let place: Place = { type: 'running' };
  let lastText: TypedBlock | null = null;
  for (const block of blocks) {
    const opened = evidence.opens.get(block.index);
    if (opened !== undefined) place = { type: 'headline', story: opened };
    else if (block.kind === 'heading' && place.type !== 'headline') place = { type: 'crosshead' };
    if (block.kind !== 'text') continue;
    const here: Place = place;
    const brokenOff: boolean =
      lastText !== null && !endsSentence(lastText.text) && !endsHalfway(lastText.text);
    const likely = likelyStories(block, evidence);
    const steps = readings.flatMap((reading) =>
      stepsFrom(reading, block, here, brokenOff, likely, evidence),
    );
    readings = bestOf(steps, block, width, evidence);
    place = { type: 'running' };
    lastText = block;
  }
  const labels = new Array<number>(blocks.length).fill(-1);
  for (let at: Reading | null = readings[0] ?? null; at !== null; at = at.before) {
    if (at.block >= 0) labels[at.block] = at.story;
  }
  return labels;
}

type Place =
  | { readonly type: 'running' }
  | { readonly type: 'crosshead' }
  | { readonly type: 'headline'; readonly story: number };

function likelyStories(block: TypedBlock, evidence: StoryEvidence): number[] {
  const all = Array.from({ length: evidence.stories }, (_, story) => story);
  if (all.length <= STORIES_TRIED) return all;
  const suits = all.map((story) => evidence.suits(block.index, story));
  return all.sort((a, b) => suits[b]! - suits[a]!).slice(0, STORIES_TRIED);
}

function stepsFrom(
  reading: Reading,
  block: TypedBlock,
  place: Place,
  brokenOff: boolean,
  likely: readonly number[],
  evidence: StoryEvidence,
): Step[] {
  const steps: Step[] = [];
  const suits = (story: number): number =>
    evidence.suits(block.index, story) - (reading.closed.includes(story) ? AFTER_CLOSE : 0);
  const current = place.type === 'headline' ? place.story : reading.story;
  let leaving = brokenOff ? CHANGE.afterOpenEnd : CHANGE.afterWholeSentence;
  if (place.type !== 'running')
    leaving = place.type === 'headline' ? CHANGE.atHeadline : CHANGE.atCrosshead;
  for (const story of new Set([current, ...likely])) {
    const staying = place.type === 'running' && brokenOff ? LEFT_HANGING : 0;
    const score = reading.score - (story === current ? staying : leaving) + suits(story);
    steps.push({ from: reading, story, score, continued: -1 });
  }
  for (const { block: from, story } of reading.open) {
    const gain = CONTINUATION_WEIGHT * evidence.continues(from, block.index);
    if (gain < -2) continue;
    const changing = place.type === 'headline' ? CHANGE.atHeadline : CHANGE.withContinuation;
    const score = reading.score - (story === current ? 0 : changing) + gain + suits(story);
    steps.push({ from: reading, story, score, continued: from });
  }
  return steps;
}

function bestOf(
  steps: Step[],
  block: TypedBlock,
  width: number,
  evidence: StoryEvidence,
): Reading[] {
  const isOpen = !endsSentence(block.text);
  const closes = closesStory(block.text);
  const claimed = isOpen ? steps.map((step) => withClaim(step, block, evidence)) : steps;
  claimed.sort((a, b) => b.score - a.score);
  const readings: Reading[] = [];
  const seen = new Set<string>();
  for (const step of claimed) {
    const placed = { block: block.index, story: step.story };
    const open = step.from.open.filter((other) => other.block !== step.continued);
    // Readings that left the same sentences open go on alike; the better one stands for all.
    const key = `${step.story}:${open.map((other) => `${other.block}.${other.story}`).join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    readings.push({
      score: step.score,
      story: step.story,
      open: isOpen ? [...open, placed].slice(-24) : open,
      starts: step.continued < 0 ? [...step.from.starts, placed].slice(-40) : step.from.starts,
      closed:
        closes && !step.from.closed.includes(step.story)
          ? [...step.from.closed, step.story]
          : step.from.closed,
      block: block.index,
      before: step.from,
    });
    if (readings.length >= width) break;
  }
  return readings;
}

/** A block left open may go on in one that stands earlier on the page and that nothing claimed yet. */
function withClaim(step: Step, block: TypedBlock, evidence: StoryEvidence): Step {
  const starts = step.from.starts.filter(({ story }) => story === step.story);
  const gains = starts.map((start) => evidence.continues(block.index, start.block));
  return { ...step, score: step.score + Math.max(0, ...gains) * CLAIM_WEIGHT };
}
