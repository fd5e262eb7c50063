import { opensWithDateline } from './bylines.ts';
import type { TypedBlock } from './classify-blocks.ts';
import type { Subject } from './cohesion.ts';
import type { ContinuationModel } from './continuation-model.ts';
import { openEnds, continuationScore } from './continuations.ts';

/** From this on, a heading is taken for a piece of running text. */
const TEXT_FROM = 3;

/**
 * Returns the blocks with those headings made text that are pieces of a sentence, cut by a column's
 * end: they begin like speech, hold a comma, and go on in another block.
 */
export function recoverCutText(
  blocks: readonly TypedBlock[],
  model: ContinuationModel,
  subjects: readonly Subject[],
): TypedBlock[] {
  const doubtful = blocks.filter((block) => block.kind === 'heading' && mayBeText(block, blocks));
  if (doubtful.length === 0) return [...blocks];
  const asText = blocks.map((block) =>
    doubtful.includes(block) ? { ...block, kind: 'text' as const } : block,
  );
  const ends = openEnds(asText, model, subjects, (index) => blocks[index]!.kind === 'heading');
  const best = new Map(
    ends.map(({ from, candidates }) => [
      from,
      Math.max(...candidates.map(({ evidence }) => continuationScore(evidence, 'page')), 0),
    ]),
  );
  return blocks.map((block) => {
    if (!doubtful.includes(block)) return block;
    const goesOn = Math.max(0, Math.min(5, (best.get(block.index) ?? 0) - 1));
    return goesOn + textLikeness(block) >= TEXT_FROM ? { ...block, kind: 'text' } : block;
  });
}

function mayBeText(block: TypedBlock, blocks: readonly TypedBlock[]): boolean {
  const next = blocks[block.index + 1];
  return (
    block.lines.length === 1 &&
    block.index > 0 &&
    next?.kind !== 'byline' &&
    !opensWithDateline(next?.text ?? '') &&
    textLikeness(block) >= 1
  );
}

const RUNNING_ON =
  /^(?:据|记者|同时|此外|目前|近年来|其中|会议|他|她|在此|下一步|为此|今年|去年|\d{4}年)/;

function textLikeness({ text }: TypedBlock): number {
  let likeness = 0;
  if (/[，,]/.test(text) && !isParallel(text)) likeness += text.length > 22 ? 2 : 1;
  if (text.length > 30) likeness += 1;
  if (RUNNING_ON.test(text)) likeness += 1;
  if (/(?:指出|表示|介绍|认为|强调|说)[，,：:]/.test(text)) likeness += 1.5;
  if (/[\u4e00-\u9fff”》][ \u3000][“《\u4e00-\u9fff]/u.test(text)) likeness -= 2;
  if (/^[\u4e00-\u9fff“”]{2,12}[:：]/u.test(text)) likeness -= 1;
  if (text.length <= 14 && !/[，,]/.test(text)) likeness -= 1.5;
  return likeness;
}

/** Two halves of about one length, as headings like to have: `前面一句话，后面一句话`. */
function isParallel(text: string): boolean {
  const [first, second, ...more] = text.split(/[，,]/);
  return more.length === 0 && Math.abs((first ?? '').length - (second ?? '').length) <= 3;
}
