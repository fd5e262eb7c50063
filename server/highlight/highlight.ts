import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { escapeHtml, html, markSpans, type SafeHtml, type TextSpan } from '../html/safe-html.ts';
import { bestPassages } from './excerpt.ts';
import { findMatches, mergeSpans, type MatchForms } from './match-spans.ts';

export interface Highlighter {
  /** The whole text, escaped, with every match marked. */
  readonly markText: (original: string, forms: MatchForms) => SafeHtml;
  /** Whether anything in the text would be marked. */
  readonly matches: (original: string, forms: MatchForms) => boolean;
  /** The lines of a text, each as {@link markText}; a match may go from one into the next. */
  readonly markLines: (original: string, forms: MatchForms) => SafeHtml[];
  /**
   * The passages that answer best, escaped and marked, with `…` where text is left out: of the first
   * text in which something matches, or else of the first.
   */
  readonly excerpt: (originals: readonly string[], forms: MatchForms) => SafeHtml;
}

/** Marks matches on the original texts, with the analyzer that knows how numbers may be written. */
export function createHighlighter(analyzer: Analyzer): Highlighter {
  return {
    markText: (original, forms) =>
      markSpans(original, mergeSpans(findMatches(original, forms, analyzer))),
    matches: (original, forms) => findMatches(original, forms, analyzer).length > 0,
    markLines(original, forms) {
      const marks = mergeSpans(findMatches(original, forms, analyzer));
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
    excerpt(originals, forms) {
      const texts = originals.map((text) => ({
        text,
        matches: findMatches(text, forms, analyzer),
      }));
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
