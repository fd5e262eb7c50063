import { bodyText, headingText } from '../../indexer/documents/indexed-text.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import type { Clause, Literal } from './clause.ts';

type Check = (article: NormalisedArticle) => boolean;

interface NormalisedArticle {
  readonly printed: { readonly title: string; readonly body: string };
  readonly title: string;
  readonly body: string;
}

/**
 * Tells whether an article truly fits the clauses, by its text and not by the index. Only phrases
 * and exclusions are looked at: for the rest the engine's word is exact.
 */
export function createVerifier(clauses: readonly Clause[]): (article: StoredArticle) => boolean {
  const alternatives = clauses.map((clause) => [
    ...clause.must.filter((literal) => literal.type === 'phrase').map(contains),
    ...clause.mustNot.flatMap((literal) => {
      if (literal.type !== 'phrase' && literal.type !== 'words') return [];
      const unwanted = contains(literal);
      return [(article: NormalisedArticle) => !unwanted(article)];
    }),
  ]);
  return function fits(article) {
    const printed = { title: headingText(article), body: bodyText(article) };
    const normalised = {
      printed,
      title: normaliseText(printed.title).text,
      body: normaliseText(printed.body).text,
    };
    return alternatives.some((checks) => checks.every((check) => check(normalised)));
  };
}

/** As printed, or as normalised: what a character becomes may depend on the characters around it. */
function contains(literal: Extract<Literal, { type: 'phrase' | 'words' }>): Check {
  const asTyped = literal.text.trim();
  const wanted = normaliseText(asTyped).text;
  return ({ printed, title, body }) =>
    printed.title.includes(asTyped) ||
    title.includes(wanted) ||
    (!literal.titleOnly && (printed.body.includes(asTyped) || body.includes(wanted)));
}
