import type { Clause } from './clause.ts';

/** Characters outside the quotes from which on a query reads like a sentence. */
const SENTENCE_LENGTH = 8;

/**
 * The same clauses with phrases taken as words. Null without a phrase, and for what is no sentence, in
 * which a phrase is meant as such: little beside it, or something excluded. `asks`: the query is worded as a question.
 */
export function withoutQuotes(clauses: readonly Clause[], asks: boolean): Clause[] | null {
  const isSentence = clauses.every(({ must, mustNot }) => {
    const outside = must.flatMap((literal) => (literal.type === 'words' ? [literal.text] : []));
    const enough = asks ? 1 : SENTENCE_LENGTH;
    return mustNot.length === 0 && outside.join('').length >= enough;
  });
  const hasPhrase = clauses.some(({ must }) => must.some(({ type }) => type === 'phrase'));
  if (!isSentence || !hasPhrase) return null;
  return clauses.map(({ must, mustNot }) => ({
    must: must.map((literal) =>
      literal.type === 'phrase' ? { ...literal, type: 'words' as const } : literal,
    ),
    mustNot,
  }));
}
