import type { TypedBlock } from './classify-blocks.ts';
import { likenessWithin, type Subject } from './cohesion.ts';
import { PARAGRAPH_MARK, modelCharacters, type ContinuationModel } from './continuation-model.ts';
import { beginsWithClosingMark, endsHalfway, endsSentence, unbalanced } from './sentence-shape.ts';

/** Whether the blocks are those of a whole page, or already known to be one story's. */
type ContinuationScope = 'page' | 'story';

/**
 * What speaks for or against one block going on in another, with its weights. Fitted on jumbled pages made of
 * held-out digests (test/bench/pages.ts), rounded. In one story every block shares the subject, and distance
 * tells little: bands lie far apart.
 */
const WEIGHTS = {
  /** Gain of the first characters' log probability by the last characters of the first block. */
  fits: { page: 0.6, story: 0.55 },
  /** Log odds of the first characters inside a text against at a paragraph's start. */
  beginsInside: { page: 0.5, story: 0.5 },
  /** A quote left open is closed (+1), closed but never opened (−1), left open and not closed (−0.3). */
  quotes: { page: 2, story: 2 },
  /** 1 when the second begins with a mark that nothing begins with and the first ends in a word, −1 after a mark. */
  marks: { page: 1, story: 1 },
  /** 1 when nothing but captions stands between. */
  adjacent: { page: 2.75, story: 1.8 },
  /** Natural logarithm of how many text blocks away the second is, whichever way. */
  distance: { page: -0.25, story: 0 },
  /** 1 when the second stands before the first on the page. */
  backwards: { page: -1.2, story: -2.2 },
  /** 1 when the second is the first text below a heading, where a paragraph begins. */
  belowHeading: { page: -3, story: -3 },
  /** 1 when the text before the second, other than the first, ends a sentence, so nothing shows a break there. */
  afterWhole: { page: -0.4, story: -0.6 },
  /** 1 when the second begins with the last few characters of a sentence: `半年。陪跑员…`. */
  shortFirst: { page: 2, story: 1.5 },
  /** 1 when the first ends with a semicolon, which may be a list's point. */
  halfway: { page: -1.5, story: -1.5 },
  /** Cosine of the subjects. */
  subject: { page: 5, story: 1.5 },
} as const;
/** Of no continuation. */
const NONE = { page: -2, story: -2.5 } as const;

type ContinuationEvidence = { readonly [Name in keyof typeof WEIGHTS]: number };
const NAMES = Object.keys(WEIGHTS) as (keyof ContinuationEvidence)[];

/** Returns the log odds of a continuation against there being none among the blocks. */
export function continuationScore(
  evidence: ContinuationEvidence,
  scope: ContinuationScope,
): number {
  return NAMES.reduce((sum, name) => sum + WEIGHTS[name][scope] * evidence[name], -NONE[scope]);
}

/** How many text blocks away a continuation is looked for; less on pages of absurd length. */
const LONGEST_REACH = 200;
const SHORTEST_REACH = 20;
const PAIRS = 60_000;

/** An open end with every block that could continue it. */
interface OpenEnd {
  readonly from: number;
  readonly candidates: readonly { readonly to: number; readonly evidence: ContinuationEvidence }[];
}

/**
 * Returns every text block of a sequence that ends in the middle of a sentence, with all blocks that
 * might continue it; distances are counted along the sequence. `subjects` are by block index.
 */
export function openEnds(
  sequence: readonly TypedBlock[],
  model: ContinuationModel,
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
    const first = Math.max(0, place - reach);
    const candidates = ends.slice(first, place + reach + 1).flatMap((to, nearPlace) => {
      if (to === from) return [];
      const subject = alike(from.index, to.index);
      const distance = first + nearPlace - place;
      return [{ to: to.index, evidence: continuationEvidence(from, to, distance, subject, model) }];
    });
    return [{ from: from.index, candidates }];
  });
}

/** How likely each open end goes on in each block: log odds against its having no continuation here. */
export type ContinuationGains = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** Returns the gain of every pair of an open end and a text block. */
export function continuationGains(
  sequence: readonly TypedBlock[],
  model: ContinuationModel,
  subjects: readonly Subject[],
  scope: ContinuationScope,
): ContinuationGains {
  return new Map(
    openEnds(sequence, model, subjects).map(({ from, candidates }) => [
      from,
      new Map(candidates.map(({ to, evidence }) => [to, continuationScore(evidence, scope)])),
    ]),
  );
}

/** Returns 0–1: how clearly a continuation beats all others and none at all. */
export function continuationCertainty(gains: ContinuationGains, from: number, to: number): number {
  const row = gains.get(from);
  const chosen = row?.get(to);
  if (row === undefined || chosen === undefined) return 0;
  let others = Math.exp(-chosen);
  for (const [other, gain] of row) if (other !== to) others += Math.exp(gain - chosen);
  return 1 / (1 + others);
}

const HEAD = 4;
const TAIL = 3;

/** What is to be known of a text block as one side of a continuation. */
type Ends = ReturnType<typeof endsOf>;

function endsOf(block: TypedBlock, before: TypedBlock | null, model: ContinuationModel) {
  const head = modelCharacters(block.text.slice(0, HEAD * 3)).slice(0, HEAD);
  const balance = unbalanced(block.text);
  // Only these depend on what stands before, as the model looks back two characters.
  const firstTwo = head.slice(0, 2);
  // Paragraphs of other papers begin as sentences do, so both kinds of beginning count.
  const asBeginning = [PARAGRAPH_MARK, '。'].map((mark) => logOf(head, [mark], model));
  return {
    index: block.index,
    isWhole: endsSentence(block.text),
    tail: modelCharacters(block.text.slice(-TAIL * 3)).slice(-TAIL),
    firstTwo,
    firstTwoInside: logOf(firstTwo, [], model),
    beginsInside: logOf(head, [], model) - Math.max(...asBeginning),
    leftOpen: balance.leftOpen > 0,
    closedBefore: balance.closedBefore > 0,
    closingMark: beginsWithClosingMark(block.text),
    belowHeading: before?.kind === 'heading',
    afterWhole: before?.kind === 'text' && endsSentence(before.text),
    shortFirst: /^[^。]{1,6}。/u.test(block.text),
    halfway: endsHalfway(block.text),
    endsInMark: /[，,、：:；;“‘（(《]$/.test(block.text),
  };
}

/** The evidence for one block going on in another, `distance` text blocks further on. */
function continuationEvidence(
  from: Ends,
  to: Ends,
  distance: number,
  subject: number,
  model: ContinuationModel,
): ContinuationEvidence {
  const closes = to.closedBefore ? (from.leftOpen ? 1 : -1) : from.leftOpen ? -0.3 : 0;
  return {
    fits: logOf(to.firstTwo, from.tail, model) - to.firstTwoInside,
    beginsInside: Math.max(-4, Math.min(2.5, to.beginsInside)),
    quotes: closes,
    marks: to.closingMark ? (from.endsInMark ? -1 : 1) : 0,
    adjacent: Number(distance === 1 && !to.belowHeading),
    distance: Math.log(Math.abs(distance)),
    backwards: Number(distance < 0),
    belowHeading: Number(to.belowHeading),
    afterWhole: Number(to.afterWhole && distance !== 1),
    shortFirst: Number(to.shortFirst),
    halfway: Number(from.halfway),
    subject,
  };
}

function logOf(
  text: readonly string[],
  before: readonly string[],
  model: ContinuationModel,
): number {
  const context = [...before];
  let sum = 0;
  for (const character of text) {
    sum += model.logProbability(context, character);
    context.push(character);
  }
  return sum;
}
