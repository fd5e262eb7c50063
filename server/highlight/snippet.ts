import type { TextSpan } from '../pages/safe-html.ts';

/** Roughly three lines on the results page. */
const SNIPPET_LENGTH = 150;
const SENTENCE_END = /[。！？!?；;\n]/u;

/**
 * The passage of the text that shows the most different matches, from the start of a sentence, about
 * 150 characters long; the beginning of the text when nothing matches.
 */
export function bestPassage(text: string, matches: readonly TextSpan[]): TextSpan {
  const starts = new Set([0, ...matches.map((match) => sentenceStart(text, match.start))]);
  let best = { start: 0, score: -1 };
  for (const start of starts) {
    const end = start + SNIPPET_LENGTH;
    const shown = matches.filter((match) => match.start >= start && match.end <= end);
    const different = new Set(shown.map((match) => text.slice(match.start, match.end)));
    const score = different.size * 10 + Math.min(shown.length, 9);
    if (score > best.score) best = { start, score };
  }
  return { start: best.start, end: passageEnd(text, best.start) };
}

/** Where the sentence around `at` begins, or 60 characters before `at` when that is too far back. */
function sentenceStart(text: string, at: number): number {
  const furthest = Math.max(0, at - 60);
  for (let index = at - 1; index >= furthest; index -= 1)
    if (SENTENCE_END.test(text[index]!)) return index + 1;
  return furthest === 0 ? 0 : wholeCharacter(text, furthest);
}

function passageEnd(text: string, start: number): number {
  const limit = Math.min(text.length, start + SNIPPET_LENGTH);
  if (limit === text.length) return limit;
  for (let index = limit; index > start + SNIPPET_LENGTH * 0.7; index -= 1)
    if (SENTENCE_END.test(text[index - 1]!)) return index;
  return wholeCharacter(text, limit);
}

/** Steps off the second half of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
