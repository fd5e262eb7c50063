import type { Gazetteer } from '../../config/gazetteer.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { foldsOnlyWithItself } from '../../indexer/analyzer/character-fold.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { encodeTerm } from '../../indexer/analyzer/opaque.ts';
import { parkTerm, titleTerm, wholeNumberTerm } from '../../indexer/documents/special-terms.ts';
import type { Clause, Literal, TextLiteral } from './clause.ts';
import { isTextLiteral, textKey } from './clause.ts';
import { dateFilter, quoteFilterValue } from './filters.ts';

/** What the engine is asked for one clause. */
export interface EngineQuery {
  readonly q: string;
  readonly filters: readonly string[];
  /** How many things in the text the clause asks for; none when it only filters. */
  readonly terms: number;
}

/** The articles in which a text stands, ascending. */
export type DocsWith = (literal: TextLiteral) => readonly number[];

/** What has to be looked for in the texts themselves, each once. */
export interface VerifiedTexts {
  readonly wanted: readonly TextLiteral[];
  readonly unwanted: readonly TextLiteral[];
}

/** The engine counts no more than the first ten terms of a query; a quoted phrase is one. */
export const MAX_TERMS = 10;

/**
 * In quotes, because the engine also takes a bare word for two that stand in the same field: 2025 for 20
 * and 25, 高新技术 for 高新 and 技术, whatever its settings on typing errors.
 */
export const quoted = (term: string) => `"${encodeTerm(term)}"`;

/**
 * Translates clauses for the engine with the analyzer that also cut the index. What the index has no term
 * for, a phrase above all, is looked for in the texts first and becomes a list of articles in the filter.
 */
export function createEngineQueries(analyzer: Analyzer, gazetteer: Gazetteer) {
  const parkIds = new Map<string, string>();
  for (const park of gazetteer.parks)
    for (const name of [park.id, park.name, park.fullName, ...park.aliases])
      parkIds.set(name, park.id);

  function termsOf({ text, titleOnly }: TextLiteral, isUnwanted = false): string[] {
    return analyzer.analyze(text).flatMap(({ term, kind }) => {
      if (term === '') return [];
      // Who does not want 202 may well want 2022.
      const asked = isUnwanted && kind === 'number' ? wholeNumberTerm(term) : term;
      return [quoted(titleOnly ? titleTerm(asked) : asked)];
    });
  }

  /**
   * The one term that stands in the index for a phrase wherever it stands in a text: the index holds each
   * character and each word of the dictionary anywhere. Null for other phrases, and where a character
   * has spellings that mean several: to which of them it normalises depends on those beside it.
   */
  function termOfPhrase({ text, titleOnly }: TextLiteral): string | null {
    const typed = text.trim();
    if (!Array.from(typed).every(foldsOnlyWithItself)) return null;
    const term = normaliseText(typed).text;
    const isHeld = Array.from(term).length === 1 || analyzer.wordsAnywhere(term).includes(term);
    return isHeld ? quoted(titleOnly ? titleTerm(term) : term) : null;
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

  /** Terms that all stand in an article if and only if the literal holds; null when there are none such. */
  function termsFor(literal: Literal, isUnwanted = false): string[] | null {
    switch (literal.type) {
      case 'words':
        return termsOf(literal, isUnwanted);
      case 'phrase': {
        const term = termOfPhrase(literal);
        return term === null ? null : [term];
      }
      case 'named-park':
        return [quoted(parkTerm(literal.id))];
      default:
        return [];
    }
  }

  /** Where the index has no term for a text, or where only the order of several words tells, the texts do. */
  function isVerified(literal: Literal, isUnwanted = false): literal is TextLiteral {
    if (!isTextLiteral(literal)) return false;
    const terms = termsFor(literal, isUnwanted);
    return terms === null || (isUnwanted && terms.length > 1);
  }

  function textsToVerify(clauses: readonly Clause[]): VerifiedTexts {
    const distinct = (literals: readonly TextLiteral[]) => [
      ...new Map(literals.map((literal) => [textKey(literal), literal])).values(),
    ];
    return {
      wanted: distinct(clauses.flatMap(({ must }) => must.filter((one) => isVerified(one)))),
      unwanted: distinct(
        clauses.flatMap(({ mustNot }) => mustNot.filter((one) => isVerified(one, true))),
      ),
    };
  }

  function toEngineQuery(clause: Clause, docsWith: DocsWith): EngineQuery {
    const positive = new Set<string>();
    const negative: string[] = [];
    const filters: string[] = [];
    let phrases = 0;
    for (const literal of clause.must) {
      for (const term of termsFor(literal) ?? []) positive.add(term);
      filters.push(...filterOf(literal));
      if (!isVerified(literal)) continue;
      filters.push(`doc IN [${docsWith(literal).join(',')}]`);
      phrases += 1;
    }
    for (const literal of clause.mustNot) {
      const own = filterOf(literal);
      if (own.length > 0) filters.push(`NOT (${own.join(' AND ')})`);
      const [only] = termsFor(literal, true) ?? [];
      if (isVerified(literal, true)) filters.push(`doc NOT IN [${docsWith(literal).join(',')}]`);
      else if (only !== undefined) negative.push(`-${only}`);
    }
    return {
      q: [...[...positive].slice(0, MAX_TERMS), ...negative].join(' '),
      filters,
      terms: positive.size + phrases,
    };
  }

  return { textsToVerify, toEngineQuery };
}
