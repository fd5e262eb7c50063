import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import type { SafeHtml, TextSpan } from '../pages/safe-html.ts';
import { escapeHtml, html, markSpans } from '../pages/safe-html.ts';
import { findMatches } from './match-spans.ts';
import { bestPassage } from './snippet.ts';

/** The whole text, escaped, with every match marked. */
export function highlightText(original: string, forms: readonly string[]): SafeHtml {
  return markSpans(original, findMatches(normaliseText(original), forms));
}

/** The passage that answers best, escaped and marked, with `…` where the text goes on. */
export function highlightPassage(original: string, forms: readonly string[]): SafeHtml {
  const matches = findMatches(normaliseText(original), forms);
  const passage = bestPassage(original, matches);
  const inside = matches.flatMap((match): TextSpan[] => {
    const start = Math.max(match.start, passage.start) - passage.start;
    const end = Math.min(match.end, passage.end) - passage.start;
    return start < end ? [{ start, end }] : [];
  });
  const marked = markSpans(original.slice(passage.start, passage.end), inside);
  const ellipsis = escapeHtml('…');
  return html`${passage.start > 0 && ellipsis}${marked}${passage.end < original.length && ellipsis}`;
}
