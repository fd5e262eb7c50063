import { wholeCharacter } from '../../indexer/core/utf16.ts';
import type { TextSpan } from '../html/safe-html.ts';
import type { Match } from './match-spans.ts';

/** Roughly three lines on the results page. */
const LENGTH = 150;
/** What a passage is given when there are two. */
const HALF = 80;
/** How far before a match a passage begins when its sentence begins still farther. */
const BEFORE = 20;

/** Every match is tried with all others: beyond so many the time would grow past what a page may take. */
const MOST_MATCHES = 300;

const SENTENCE_END = /[。！？!?；;…\n]/u;
const PAUSE = /[，,、：:]/u;
const CLOSING = /["”’」』）)》】]/u;

/**
 * The passages of a text that best answer the query, in order: one that shows as many different forms as
 * can be, and a second where it shows others. They begin at the beginning of a sentence and end at the
 * end of one where that can be. The beginning of the text when nothing matches.
 */
export function bestPassages(text: string, found: readonly Match[]): TextSpan[] {
  const matches = found.slice(0, MOST_MATCHES);
  const missingIn = (passage: TextSpan) => {
    const shown = formsIn([passage], matches);
    return matches.filter(({ form }) => !shown.has(form));
  };
  const whole = bestPassage(text, matches, LENGTH);
  if (missingIn(whole).length === 0) return [whole];
  const first = bestPassage(text, matches, HALF);
  const second = bestPassage(text, missingIn(first), HALF);
  const isBetter = formsIn([first, second], matches).size > formsIn([whole], matches).size;
  const apart = first.end <= second.start || second.end <= first.start;
  return isBetter && apart ? [first, second].sort((a, b) => a.start - b.start) : [whole];
}

function bestPassage(text: string, matches: readonly Match[], length: number): TextSpan {
  let best: TextSpan = { start: 0, end: 0 };
  let bestScore = -1;
  for (const start of new Set([0, ...matches.map((match) => passageStart(text, match))])) {
    const passage = { start, end: passageEnd(text, start, length) };
    const score = scoreOf(passage, matches);
    if (score > bestScore) [best, bestScore] = [passage, score];
  }
  return best;
}

/** Different forms count most, longer ones more; then how often, and side by side as they were typed. */
function scoreOf(passage: TextSpan, matches: readonly Match[]): number {
  let score = 0;
  for (const form of formsIn([passage], matches)) score += 10 + Math.min(form.length, 8);
  let lastEnd = -1;
  let more = 0;
  for (const match of matches) {
    if (!isInside(match, passage)) continue;
    more += match.start === lastEnd ? 2 : 1;
    lastEnd = match.end;
  }
  return score + Math.min(more, 9);
}

/** The different forms that some passages show. */
function formsIn(passages: readonly TextSpan[], matches: readonly Match[]): Set<string> {
  const shown = matches.filter((match) => passages.some((passage) => isInside(match, passage)));
  return new Set(shown.map(({ form }) => form));
}

function isInside(match: TextSpan, passage: TextSpan): boolean {
  return match.start >= passage.start && match.end <= passage.end;
}

/** Where the sentence of a match begins; a part of it when that is too far back. */
function passageStart(text: string, { start }: TextSpan): number {
  const furthest = Math.max(0, start - 60);
  let pause = -1;
  for (let at = start - 1; at >= furthest; at -= 1) {
    if (SENTENCE_END.test(text[at]!)) return skipClosing(text, at + 1, start);
    if (pause === -1 && start - at > BEFORE && PAUSE.test(text[at]!)) pause = at + 1;
  }
  if (furthest === 0) return 0;
  return pause === -1 ? wholeCharacter(text, Math.max(0, start - BEFORE)) : pause;
}

/** A closing quote after the full stop belongs to the sentence before, white space to neither. */
function skipClosing(text: string, at: number, before: number): number {
  let start = at;
  while (start < before && (CLOSING.test(text[start]!) || /\s/u.test(text[start]!))) start += 1;
  return start;
}

function passageEnd(text: string, start: number, length: number): number {
  const limit = Math.min(text.length, start + length);
  if (limit === text.length) return limit;
  for (const [ends, least] of [
    [SENTENCE_END, 0.5],
    [PAUSE, 0.7],
  ] as const)
    for (let at = limit; at > start + length * least; at -= 1) {
      if (!ends.test(text[at - 1]!)) continue;
      return at < text.length && CLOSING.test(text[at]!) ? at + 1 : at;
    }
  return wholeCharacter(text, limit);
}
