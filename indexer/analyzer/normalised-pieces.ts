import { isHighSurrogate, joinsBefore } from './character-steps.ts';
import { normaliseText } from './normalised-text.ts';

/** Some half a millisecond of work. */
const PIECE = 16_384;
/** After these nothing hangs on what comes before. */
const ENDS = /[\n ，。；：！？、,.;:!?]/g;

/**
 * What `normaliseText` makes of a text, bit by bit, so that a long one need not hold the thread. Cut after
 * signs and spaces; only a text that has none for 16,384 characters is cut in the midst, where traditional
 * characters may come out as they do alone.
 */
export function* normalisedPieces(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const to = text.length - from <= 2 * PIECE ? text.length : cutAfter(text, from + PIECE);
    yield normaliseText(text.slice(from, to)).text;
    from = to;
  }
}

function cutAfter(text: string, start: number): number {
  const within = text.slice(start, start + PIECE);
  for (const { index } of within.matchAll(ENDS))
    if (!joinsBefore(text, start + index + 1)) return start + index + 1;
  const end = start + PIECE;
  return isHighSurrogate(text.charCodeAt(end - 1)) ? end + 1 : end;
}
