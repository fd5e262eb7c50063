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
  const terms = tokens.flatMap((token) => {
    if (token.term === '') return [];
    const forms = [token.term, ...token.parts];
    const whole = token.kind === 'number' ? forms.map(wholeNumberTerm) : [];
    return [...forms, ...whole, ...figurePieces(token)];
  });
  return [...new Set([...terms, ...analyzer.wordsAnywhere(text)])];
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
