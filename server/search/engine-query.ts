import type { Gazetteer } from '../../config/gazetteer.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { isProvenByGram, queryGramsOf } from '../../indexer/analyzer/grams.ts';
import { encodeTerm } from '../../indexer/analyzer/opaque.ts';
import { parkTerm, titleTerm } from '../../indexer/documents/special-terms.ts';
import type { Clause, Literal, TextLiteral } from './clause.ts';
import { dateFilter, quoteFilterValue } from './filters.ts';

/** What the engine is asked for one clause. */
export interface EngineQuery {
  readonly q: string;
  readonly filters: readonly string[];
  /** How many terms `q` asks for. */
  readonly terms: number;
}

/** What the engine is asked for one clause, and where its answer is not the last word. */
export interface ClauseQuery extends EngineQuery {
  /** Find, one or the other, every article that `q` finds and that may not fit the clause after all. */
  readonly doubtful: readonly EngineQuery[];
  /** What the text of a doubtful article must have. */
  readonly present: readonly TextLiteral[];
  /** What the text of a doubtful article must not have. */
  readonly absent: readonly TextLiteral[];
}

/** The engine counts no more than the first ten terms of a query; a quoted phrase is one. */
export const MAX_TERMS = 10;

/**
 * In quotes, because the engine also takes a bare word for two that stand in the same field: 2025 for 20
 * and 25, 高新技术 for 高新 and 技术, whatever its settings on typing errors.
 */
export const quoted = (term: string) => `"${encodeTerm(term)}"`;

/** Translates clauses for the engine with the analyzer that also cut the index. */
export function createEngineQueries(analyzer: Analyzer, gazetteer: Gazetteer) {
  const parkIds = new Map<string, string>();
  for (const park of gazetteer.parks)
    for (const name of [park.id, park.name, park.fullName, ...park.aliases])
      parkIds.set(name, park.id);

  function termsOf({ text, titleOnly }: TextLiteral): string[] {
    return analyzer
      .analyze(text)
      .flatMap((token) =>
        token.term === '' ? [] : [quoted(titleOnly ? titleTerm(token.term) : token.term)],
      );
  }

  /** All grams of a text as one quoted term: they all stand in the article, if not side by side. */
  function gramPhrase({ text, titleOnly }: TextLiteral): string[] {
    const grams = queryGramsOf(text).map((gram) => encodeTerm(titleOnly ? titleTerm(gram) : gram));
    return grams.length === 0 ? [] : [`"${grams.join(' ')}"`];
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
        return termsOf(literal);
      case 'phrase':
        return gramPhrase(literal);
      case 'named-park':
        return [quoted(parkTerm(literal.id))];
      default:
        return [];
    }
  }

  return function toEngineQuery(clause: Clause): ClauseQuery {
    const terms = [...new Set(clause.must.flatMap(wanted))];
    const filters = [
      ...clause.must.flatMap(filterOf),
      ...clause.mustNot.flatMap((literal) => {
        const own = filterOf(literal);
        return own.length === 0 ? [] : [`NOT (${own.join(' AND ')})`];
      }),
    ];
    const negative: string[] = [];
    const absent: TextLiteral[] = [];
    for (const literal of clause.mustNot) {
      // What a word finds is what its exclusion leaves out; where only the order of several tells, the
      // text has to be looked at.
      const own = wanted(literal);
      const [only] = own;
      if (literal.type === 'phrase' && !isProvenByGram(literal.text)) absent.push(literal);
      else if (literal.type === 'words' && own.length > 1) absent.push(literal);
      else if (only !== undefined) negative.push(`-${only}`);
    }
    const queryOf = (positive: readonly string[]): EngineQuery => ({
      q: [...positive.slice(0, MAX_TERMS), ...negative].join(' '),
      filters,
      terms: positive.length,
    });
    const query = queryOf(terms);
    const present = clause.must
      .filter((literal) => literal.type === 'phrase')
      .filter(({ text }) => !isProvenByGram(text));
    return {
      ...query,
      doubtful:
        present.length > 0
          ? [query]
          : absent.map((literal) => queryOf([...gramPhrase(literal), ...terms])),
      present,
      absent,
    };
  };
}
