import { MAX_TERM_LENGTH } from '../analyzer/opaque.ts';

/**
 * Terms that no text makes: the sign before the colon keeps them apart from the analyzer's terms,
 * in which a colon never stands.
 */

/** Stands in the index for a park, whatever name the text calls it by. */
export function parkTerm(parkId: string): string {
  return `p:${parkId}`.slice(0, MAX_TERM_LENGTH);
}

/** Stands in the index for a term of the headline, so that a query can ask for the headline alone. */
export function titleTerm(term: string): string {
  return `t:${term}`;
}

/** Stands in the index where a number is the whole figure: 30 itself, not the 30 of 30.5%. */
export function wholeNumberTerm(term: string): string {
  return `n:${term}`;
}
