import type { TypedBlock } from './classify-blocks.ts';
import { PARAGRAPH_MARK, seamCharacters } from './seam-characters.ts';
import type { SeamModel } from './seam-model.ts';
import { beginsWithClosingMark, endsHalfway, endsSentence, unbalanced } from './sentence-shape.ts';

/** What speaks for or against one block going on in another; each enters the score with its weight. */
export interface SeamEvidence {
  /** Gain of the first characters' log probability by the characters before the seam. */
  readonly fits: number;
  /** Log odds of the first characters inside a text against at a paragraph's start. */
  readonly beginsInside: number;
  /** A quote left open is closed (+1), closed but never opened (−1), left open and not closed (−0.3). */
  readonly quotes: number;
  /** 1 when the second begins with a mark that nothing begins with and the first ends in a word, −1 after a mark. */
  readonly marks: number;
  /** 1 when nothing but captions stands between. */
  readonly adjacent: number;
  /** Natural logarithm of how many text blocks away the second is, whichever way. */
  readonly distance: number;
  /** 1 when the second stands before the first on the page. */
  readonly backwards: number;
  /** 1 when the second is the first text below a heading, where a paragraph begins. */
  readonly belowHeading: number;
  /** 1 when the text before the second, other than the first, ends a sentence, so nothing shows a break there. */
  readonly afterWhole: number;
  /** 1 when the second begins with the last few characters of a sentence: `半年。陪跑员…`. */
  readonly shortFirst: number;
  /** 1 when the first ends with a semicolon, which may be a list's point. */
  readonly halfway: number;
  /** Cosine of the subjects. */
  readonly subject: number;
}

const HEAD = 4;
const TAIL = 3;

/** Whether the blocks are those of a whole page, or already known to be one story's. */
export type SeamScope = 'page' | 'story';

/** Fitted on jumbled pages made of held-out digests (test/bench/pages.ts), rounded; the last is for no continuation. */
const WEIGHTS: Readonly<Record<SeamScope, SeamEvidence & { readonly none: number }>> = {
  page: {
    fits: 0.6,
    beginsInside: 0.5,
    quotes: 2,
    marks: 1,
    adjacent: 2.75,
    distance: -0.25,
    backwards: -1.2,
    belowHeading: -3,
    afterWhole: -0.4,
    shortFirst: 2,
    halfway: -1.5,
    subject: 5,
    none: -2,
  },
  // In one story every block shares the subject, and distance tells little: bands lie far apart.
  story: {
    fits: 0.55,
    beginsInside: 0.5,
    quotes: 2,
    marks: 1,
    adjacent: 1.8,
    distance: 0,
    backwards: -2.2,
    belowHeading: -3,
    afterWhole: -0.6,
    shortFirst: 1.5,
    halfway: -1.5,
    subject: 1.5,
    none: -2.5,
  },
};
const EVIDENCE = Object.keys(WEIGHTS.page).filter(
  (name) => name !== 'none',
) as (keyof SeamEvidence)[];

/** A block as the seam scorer sees it. */
export interface Ends {
  readonly index: number;
  readonly isWhole: boolean;
  readonly head: readonly string[];
  readonly tail: readonly string[];
  /** Only these depend on what stands before, as the model looks back two characters. */
  readonly firstTwo: readonly string[];
  readonly firstTwoInside: number;
  readonly beginsInside: number;
  readonly leftOpen: boolean;
  readonly closedBefore: boolean;
  readonly closingMark: boolean;
  readonly endsInMark: boolean;
  readonly belowHeading: boolean;
  readonly afterWhole: boolean;
  readonly shortFirst: boolean;
  readonly halfway: boolean;
}

/** Returns the log odds of a continuation against there being none among the blocks. */
export function seamScore(evidence: SeamEvidence, scope: SeamScope): number {
  const weights = WEIGHTS[scope];
  return EVIDENCE.reduce((sum, name) => sum + weights[name] * evidence[name], -weights.none);
}

/** Returns the evidence for one block going on in another, `distance` text blocks further on. */
export function seamEvidence(
  from: Ends,
  to: Ends,
  distance: number,
  subject: number,
  model: SeamModel,
): SeamEvidence {
  const closes = to.closedBefore ? (from.leftOpen ? 1 : -1) : from.leftOpen ? -0.3 : 0;
  return {
    fits: logOf(to.firstTwo, from.tail, model) - to.firstTwoInside,
    beginsInside: Math.max(-4, Math.min(2.5, to.beginsInside)),
    quotes: closes,
    marks: to.closingMark ? (from.endsInMark ? -1 : 1) : 0,
    adjacent: distance === 1 && !to.belowHeading ? 1 : 0,
    distance: Math.log(Math.abs(distance)),
    backwards: distance < 0 ? 1 : 0,
    belowHeading: to.belowHeading ? 1 : 0,
    afterWhole: to.afterWhole && distance !== 1 ? 1 : 0,
    shortFirst: to.shortFirst ? 1 : 0,
    halfway: from.halfway ? 1 : 0,
    subject,
  };
}

/** Returns what the scorer needs of a text block, given the text or heading before it. */
export function endsOf(block: TypedBlock, before: TypedBlock | null, model: SeamModel): Ends {
  const head = seamCharacters(block.text.slice(0, HEAD * 3)).slice(0, HEAD);
  const tail = seamCharacters(block.text.slice(-TAIL * 3)).slice(-TAIL);
  const balance = unbalanced(block.text);
  const firstTwo = head.slice(0, 2);
  const headInside = logOf(head, [], model);
  return {
    index: block.index,
    isWhole: endsSentence(block.text),
    head,
    tail,
    firstTwo,
    firstTwoInside: logOf(firstTwo, [], model),
    beginsInside: headInside - logOfBeginning(head, model),
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

/** Paragraphs of other papers begin as sentences do, so both kinds of beginning count. */
function logOfBeginning(head: readonly string[], model: SeamModel): number {
  const [paragraph, sentence] = [logOf(head, [PARAGRAPH_MARK], model), logOf(head, ['。'], model)];
  return Math.max(paragraph, sentence);
}

function logOf(text: readonly string[], before: readonly string[], model: SeamModel): number {
  const context = [...before];
  let sum = 0;
  for (const character of text) {
    sum += model.logProbability(context, character);
    context.push(character);
  }
  return sum;
}
