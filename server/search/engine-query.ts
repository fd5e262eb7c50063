import type { Gazetteer } from '../../config/gazetteer.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { queryGramsOf } from '../../indexer/analyzer/grams.ts';
import { encodeTerm } from '../../indexer/analyzer/opaque.ts';
import { parkTerm, titleTerm } from '../../indexer/documents/special-terms.ts';
import type { Clause, Literal } from './clause.ts';
import { dateFilter, quoteFilterValue } from './filters.ts';

/** What the engine is asked for one clause. */
export interface EngineQuery {
  readonly q: string;
  /** The part of `q` that no article may have: `-term -term`, or empty. */
  readonly excluded: string;
  readonly filters: readonly string[];
  /** How many terms `q` asks for. */
  readonly terms: number;
  /** The engine's answer is then only a superset: articles must be checked against the clause. */
  readonly needsVerification: boolean;
}

/** The engine counts no more than the first ten terms of a query; a quoted phrase is one. */
export const MAX_TERMS = 10;

/** Translates clauses for the engine with the analyzer that also cut the index. */
export function createEngineQueries(analyzer: Analyzer, gazetteer: Gazetteer) {
  const parkIds = new Map<string, string>();
  for (const park of gazetteer.parks)
    for (const name of [park.id, park.name, park.fullName, ...park.aliases])
      parkIds.set(name, park.id);

  function termsOf(text: string, titleOnly: boolean): string[] {
    return analyzer
      .analyze(text)
      .flatMap((token) =>
        token.term === '' ? [] : [encodeTerm(titleOnly ? titleTerm(token.term) : token.term)],
      );
  }

  function gramTerms(text: string, titleOnly: boolean): string[] {
    return queryGramsOf(text).map((gram) => encodeTerm(titleOnly ? titleTerm(gram) : gram));
  }

  function filterOf(literal: Literal): string[] {
    switch (literal.type) {
      case 'park':
        return [`park = ${quoteFilterValue(parkIds.get(literal.name) ?? literal.name)}`];
      case 'source':
        return [`source = ${quoteFilterValue(literal.name)}`];
      case 'date':
        return dateFilter(literal.from, literal.to);
      case 'words':
      case 'phrase':
      case 'named-park':
        return [];
      default:
        return literal satisfies never;
    }
  }

  function wanted(literal: Literal): string[] {
    switch (literal.type) {
      case 'words':
        return termsOf(literal.text, literal.titleOnly);
      case 'phrase': {
        const grams = gramTerms(literal.text, literal.titleOnly);
        return grams.length === 0 ? [] : [`"${grams.join(' ')}"`];
      }
      case 'named-park':
        return [encodeTerm(parkTerm(literal.id))];
      default:
        return [];
    }
  }

  function unwanted(literal: Literal): { terms: string[]; exact: boolean } {
    if (literal.type === 'named-park')
      return { terms: [encodeTerm(parkTerm(literal.id))], exact: true };
    if (literal.type !== 'words' && literal.type !== 'phrase') return { terms: [], exact: true };
    const grams = gramTerms(literal.text, literal.titleOnly);
    // One gram stands in the index exactly where the text does; of several only their order in the text tells.
    return grams.length === 1 ? { terms: grams, exact: true } : { terms: [], exact: false };
  }

  return function toEngineQuery(clause: Clause): EngineQuery {
    const terms = [...new Set(clause.must.flatMap(wanted))];
    const negatives = clause.mustNot.map(unwanted);
    const excluded = negatives
      .flatMap((negative) => negative.terms.map((term) => `-${term}`))
      .join(' ');
    return {
      q: `${terms.slice(0, MAX_TERMS).join(' ')} ${excluded}`.trim(),
      excluded,
      filters: [
        ...clause.must.flatMap(filterOf),
        ...clause.mustNot.flatMap((literal) => {
          const filters = filterOf(literal);
          return filters.length === 0 ? [] : [`NOT (${filters.join(' AND ')})`];
        }),
      ],
      terms: terms.length,
      needsVerification:
        clause.must.some((literal) => literal.type === 'phrase') ||
        negatives.some((negative) => !negative.exact),
    };
  };
}
