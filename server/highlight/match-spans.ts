import type { NormalisedText } from '../../indexer/analyzer/normalised-text.ts';
import type { TextSpan } from '../pages/safe-html.ts';

/**
 * Where any of the forms stands in the text, as spans of the original: sorted, and merged where
 * they overlap or touch, so that 贵阳|高新区 is one mark. Forms are in normalised spelling.
 */
export function findMatches(text: NormalisedText, forms: readonly string[]): TextSpan[] {
  const found: TextSpan[] = [];
  for (const form of forms) {
    if (form === '') continue;
    for (let at = text.text.indexOf(form); at !== -1; at = text.text.indexOf(form, at + 1)) {
      if (isInsideNumberOrWord(text.text, at, at + form.length)) continue;
      found.push(text.toOriginal(at, at + form.length));
    }
  }
  return mergeSpans(found);
}

/** Sorted by start, with overlapping and touching spans made one. */
export function mergeSpans(spans: readonly TextSpan[]): TextSpan[] {
  const merged: { start: number; end: number }[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

/** `12` is not found in `2012`, nor `ai` in `said`: Latin letters and digits match as wholes. */
function isInsideNumberOrWord(text: string, start: number, end: number): boolean {
  return joins(text[start - 1], text[start]) || joins(text[end - 1], text[end]);
}

function joins(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return (isDigit(left) && isDigit(right)) || (isLetter(left) && isLetter(right));
}

const isDigit = (character: string) => character >= '0' && character <= '9';
const isLetter = (character: string) => character >= 'a' && character <= 'z';
