import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { escapeHtml, html, markSpans, type SafeHtml, type TextSpan } from '../html/safe-html.ts';
import { bestPassages } from './excerpt.ts';
import { findMatches, mergeSpans, type MatchForms } from './match-spans.ts';

export type Highlighter = ReturnType<typeof createHighlighter>;

/** Marks matches on the original texts, with the analyzer that knows how numbers may be written. */
export function createHighlighter(analyzer: Analyzer) {
  const matchesIn = (text: string, forms: MatchForms) => findMatches(text, forms, analyzer);
  return {
    /** The whole text, escaped, with every match marked. */
    markText: (original: string, forms: MatchForms): SafeHtml =>
      markSpans(original, mergeSpans(matchesIn(original, forms))),
    /** Whether anything in the text would be marked. */
    matches: (original: string, forms: MatchForms) => matchesIn(original, forms).length > 0,
    /** The lines of a text, each as `markText`; a match may go from one into the next. */
    markLines: (original: string, forms: MatchForms): SafeHtml[] => {
      const marks = mergeSpans(matchesIn(original, forms));
      let start = 0;
      let first = 0;
      return original.split('\n').map((line) => {
        const span = { start, end: start + line.length };
        start = span.end + 1;
        // Both go forwards, so that each mark is looked at in its own lines only.
        while (first < marks.length && marks[first]!.end <= span.start) first += 1;
        let last = first;
        while (last < marks.length && marks[last]!.start < span.end) last += 1;
        return markPassage(original, span, marks.slice(first, last));
      });
    },
    /**
     * The passages that answer best, escaped and marked, with `…` where text is left out: of the first
     * text in which something matches, or else of the first.
     */
    excerpt: (originals: readonly string[], forms: MatchForms): SafeHtml => {
      const texts = originals.map((text) => ({ text, matches: matchesIn(text, forms) }));
      const { text, matches } = texts.find((one) => one.matches.length > 0) ??
        texts[0] ?? { text: '', matches: [] };
      const marks = mergeSpans(matches);
      const passages = bestPassages(text, matches);
      const isCut = (passages.at(-1)?.end ?? 0) < text.length;
      const ellipsis = escapeHtml('…');
      const pieces = passages.map(
        (passage) => html`${passage.start > 0 && ellipsis}${markPassage(text, passage, marks)}`,
      );
      return html`${pieces}${isCut && ellipsis}`;
    },
  };
}

function markPassage(text: string, passage: TextSpan, marks: readonly TextSpan[]): SafeHtml {
  const inside = marks.flatMap((mark): TextSpan[] => {
    const start = Math.max(mark.start, passage.start) - passage.start;
    const end = Math.min(mark.end, passage.end) - passage.start;
    return start < end ? [{ start, end }] : [];
  });
  return markSpans(text.slice(passage.start, passage.end), inside);
}
