/** UTF-16; no news is so long, but a year's reports in one file are. */
const LONGEST_PIECE = 50_000;
/** How far before its limit a piece may end, to end with a sentence. */
const REACH = 2_000;
/** Where no sentence ends, the next piece begins this much earlier, so that every word is whole in one. */
const OVERLAP = 40;
const SENTENCE_END = /[\n。！？；!?;]/u;

/**
 * A text in pieces that are analysed one after the other, as its tokens take a hundred times its room: all of it
 * in most cases.
 */
export function* textPieces(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > LONGEST_PIECE) {
    const limit = start + LONGEST_PIECE;
    let end = limit;
    while (end > limit - REACH && !SENTENCE_END.test(text[end - 1]!)) end -= 1;
    const isSentence = end > limit - REACH;
    yield text.slice(start, isSentence ? end : limit);
    start = isSentence ? end : limit - OVERLAP;
  }
  yield text.slice(start);
}
