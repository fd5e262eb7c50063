import type { Analyzer, Token } from '../analyzer/analyzer.ts';
import { normaliseText } from '../analyzer/normalised-text.ts';
import { wholeNumberTerm } from './special-terms.ts';

/** Longer rows of digits are no figures; those of this length have 66 pieces. */
const LONGEST_FIGURE = 12;

/**
 * Every term that the index holds of a text, distinct: the tokens, their parts, the words anywhere in it,
 * and the pieces of its figures.
 */
export function indexedTerms(
  analyzer: Analyzer,
  text: string,
  tokens: readonly Token[] = analyzer.analyze(text),
): string[] {
  const terms = new Set<string>();
  const words = new Set<string>();
  for (const token of tokens) {
    const { term, parts, kind } = token;
    if (term === '') continue;
    // A word's parts are the same wherever it stands; the pieces of a figure hang on how it is written.
    if (kind === 'word' && words.has(term)) continue;
    words.add(term);
    terms.add(term);
    for (const part of parts) terms.add(part);
    if (kind === 'number') for (const form of [term, ...parts]) terms.add(wholeNumberTerm(form));
    for (const piece of figurePieces(token)) terms.add(piece);
  }
  for (const word of analyzer.wordsAnywhere(text)) terms.add(word);
  return [...terms];
}

/**
 * All pieces of two characters and more of the figures in a number or a Latin word: 30 stands in 30.5%,
 * 1000 in 10000, 919 in C919, and who looks for it may mean just that.
 */
function figurePieces({ kind, text }: Token): string[] {
  if ((kind !== 'number' && kind !== 'latin') || !/\p{N}/u.test(text)) return [];
  const figures =
    normaliseText(text)
      .text.replaceAll(',', '')
      .match(/\d[\d.]*%?/g) ?? [];
  return figures.flatMap((figure) => (figure.length > LONGEST_FIGURE ? [] : piecesOf(figure)));
}

function piecesOf(figure: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < figure.length - 1; from++)
    for (let to = from + 2; to <= figure.length; to++) {
      const piece = figure.slice(from, to);
      if (/^\d.*[\d%]$/.test(piece)) pieces.push(piece);
    }
  return pieces;
}
