import { foldsOnlyWithItself } from '../../indexer/analyzer/character-fold.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { encodeTerm } from '../../indexer/analyzer/opaque.ts';
import { dayRange } from '../../indexer/core/day-range.ts';
import { parkTerm, titleTerm, wholeNumberTerm } from '../../indexer/documents/special-terms.ts';
import { growth } from '../../indexer/push/index-growth.ts';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import { FACETS, type FacetName, type SearchRequest } from '../api/search-schema.ts';
import { clip } from '../html/labels.ts';
import { properNames } from '../rewrites/park-names.ts';
import type { Clause, Literal, TextLiteral } from './clause.ts';
import { QueryTooBroadError, textKey } from './clause.ts';
import type { EngineQuery, EngineRequest, SearchDependencies } from './engine-search.ts';
import { exactPhraseSearch } from './exact-phrases.ts';
import { histogramUnit } from './histogram.ts';

/** No index is whole yet: the first one is still being built. */
export class IndexNotReadyError extends Error {
  override readonly name = 'IndexNotReadyError';
}

/** The engine counts no more than the first ten terms of a query; a quoted phrase is one. */
export const MAX_TERMS = 10;

/**
 * In quotes, because the engine also takes a bare word for two that stand in the same field: 2025 for 20
 * and 25, 高新技术 for 高新 and 技术, whatever its settings on typing errors.
 */
export const quoted = (term: string) => `"${encodeTerm(term)}"`;

/** A literal in the engine's words. */
interface TranslatedLiteral {
  /** They all stand in an article that has it. */
  readonly terms: readonly string[];
  readonly filters: readonly string[];
  /** To be looked for in the texts: the index has no term for it, or only the order of several words tells. */
  readonly verified?: TextLiteral;
}

/**
 * Translates clauses and a request's filters for the active index, with the analyzer that also cut it. What
 * the index has no term for, a phrase above all, is looked for in the texts first and becomes a list of
 * articles in the filter.
 */
export function createEngineRequests({
  store,
  analyzer,
  gazetteer,
}: Pick<SearchDependencies, 'store' | 'analyzer' | 'gazetteer'>) {
  const parkIds = new Map(
    gazetteer.parks.flatMap((park) =>
      [park.id, ...properNames(park)].map((name) => [name, park.id] as const),
    ),
  );
  const findPhrases = exactPhraseSearch(store);

  /**
   * The page that is wanted of the articles that fit, an alternative a clause.
   * @throws IndexNotReadyError before the first index is whole; the signal's reason once it is aborted;
   * QueryTooBroadError when not every article can be looked into that may have what is excluded;
   * VerificationBusyError.
   */
  return async function toEngineRequest(
    clauses: readonly Clause[],
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<EngineRequest> {
    const index = searchableIndex(store);
    if (index === null) {
      const percent = growth(store);
      const done = percent === null ? '' : `（已完成 ${percent}%）`;
      throw new IndexNotReadyError(`索引正在建立${done}，请稍候`);
    }
    const translated = clauses.map(({ must, mustNot }) => ({
      must: must.map((literal) => translate(literal, false)),
      mustNot: mustNot.map((literal) => translate(literal, true)),
    }));
    const wanted = textsToVerify(translated.flatMap(({ must }) => must));
    const unwanted = textsToVerify(translated.flatMap(({ mustNot }) => mustNot));
    const found = await findPhrases(index.uid, { wanted, unwanted }, signal);
    const isPartial = (literal: TextLiteral) => !found.get(textKey(literal))!.isWhole;
    const notExcluded = unwanted.find(isPartial);
    // Part of what is wanted is better than nothing; with part of what is excluded the rest would be wrong.
    if (notExcluded !== undefined)
      throw new QueryTooBroadError(
        `排除的“${clip(notExcluded.text)}”要核对的文章太多，一次检索核对不完；请换成更长或更少见的词，或不排除它`,
      );
    const docsWith = (literal: TextLiteral) => `[${found.get(textKey(literal))!.docs.join(',')}]`;
    const queries = translated.map(({ must, mustNot }) => toQuery(must, mustNot, docsWith));
    const isBrowsing = queries.every(({ terms }) => terms === 0);
    return {
      uid: index.uid,
      queries,
      filters: requestFilters(request),
      sort: isBrowsing && request.sort === 'relevance' ? 'newest' : request.sort,
      offset: (request.page - 1) * request.size,
      limit: request.size,
      unverified: wanted.filter(isPartial).map(({ text }) => text),
      facets: histogramUnit(request) === 'day' ? [...FACETS, 'firstDay'] : FACETS,
    };
  };

  function translate(literal: Literal, isUnwanted: boolean): TranslatedLiteral {
    switch (literal.type) {
      case 'words': {
        const terms = termsOf(literal, isUnwanted);
        const isOrdered = isUnwanted && terms.length > 1;
        return { terms, filters: [], ...(isOrdered && { verified: literal }) };
      }
      case 'phrase': {
        const term = termOfPhrase(literal);
        return term === null
          ? { terms: [], filters: [], verified: literal }
          : { terms: [term], filters: [] };
      }
      case 'named-park':
        return { terms: [quoted(parkTerm(literal.id))], filters: [] };
      case 'park': {
        const id = parkIds.get(literal.name) ?? literal.name;
        return { terms: [], filters: [`park = ${quoteFilterValue(id)}`] };
      }
      case 'source':
        return { terms: [], filters: [`source = ${quoteFilterValue(literal.name)}`] };
      case 'date':
        return { terms: [], filters: dateFilter(literal.from, literal.to) };
      default:
        return literal satisfies never;
    }
  }

  function termsOf({ text, titleOnly }: TextLiteral, isUnwanted: boolean): string[] {
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
}

/** Each once. */
function textsToVerify(literals: readonly TranslatedLiteral[]): TextLiteral[] {
  const texts = literals.flatMap(({ verified }) => verified ?? []);
  return [...new Map(texts.map((literal) => [textKey(literal), literal])).values()];
}

function toQuery(
  must: readonly TranslatedLiteral[],
  mustNot: readonly TranslatedLiteral[],
  docsWith: (literal: TextLiteral) => string,
): EngineQuery {
  const isPhrase = ({ verified }: TranslatedLiteral) => verified !== undefined;
  const positive = new Set(must.flatMap(({ terms }) => terms));
  const negative = mustNot.filter((literal) => !isPhrase(literal)).flatMap(({ terms }) => terms);
  return {
    q: [...[...positive].slice(0, MAX_TERMS), ...negative.map((term) => `-${term}`)].join(' '),
    filters: [
      ...must.flatMap(({ filters, verified }) =>
        verified === undefined ? filters : [`doc IN ${docsWith(verified)}`],
      ),
      ...mustNot.flatMap(({ filters, verified }) => {
        if (verified !== undefined) return [`doc NOT IN ${docsWith(verified)}`];
        return filters.length > 0 ? [`NOT (${filters.join(' AND ')})`] : [];
      }),
    ],
    terms: positive.size + must.filter(isPhrase).length,
  };
}

/** A value as it may stand in a filter; the engine reads `\` and `"` inside quotes as themselves when escaped. */
function quoteFilterValue(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/**
 * Articles whose date may lie between two dates, both inclusive and as precise as written. An
 * article known only to the month counts when any day of that month lies between: better one
 * too many than one missing.
 */
function dateFilter(from: string, to: string): string[] {
  const [first, last] = [dayRange(from)?.first, dayRange(to)?.last];
  return [
    ...(first === undefined ? [] : [`lastDay >= ${first}`]),
    ...(last === undefined ? [] : [`firstDay <= ${last}`]),
  ];
}

/** The filters of a request; `except` leaves one facet's own filter out, for its disjunctive counts. */
export function requestFilters(request: SearchRequest, except?: FacetName): string[] {
  const facets = FACETS.filter((facet) => facet !== except && request[facet].length > 0);
  return [
    ...facets.map((facet) => `${facet} IN [${request[facet].map(quoteFilterValue).join(', ')}]`),
    ...dateFilter(request.from ?? '', request.to ?? ''),
  ];
}
