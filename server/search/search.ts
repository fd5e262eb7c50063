import { MAX_TOTAL_HITS } from '../../config/index-settings.ts';
import { FACETS, type SearchRequest } from '../api/search-schema.ts';
import type { Clause } from './clause.ts';
import { createEngineRequests, requestFilters } from './engine-requests.ts';
import type { EngineAnswer, SearchDependencies } from './engine-search.ts';
import { engineSearch, engineSearchAll, mostMissing } from './engine-search.ts';
import { engineList, type ListDocs } from './list-docs.ts';
import { createRankedSearch, type RankedAnswer } from './ranked-search.ts';
import type { Understanding } from './understanding.ts';

/** One page of articles, in order. */
export interface Found extends Omit<RankedAnswer, 'asked'> {
  readonly totalIsExact: boolean;
  /** Phrases of which articles may be left out, because not every text could be looked into. */
  readonly unverified: readonly string[];
  /** The whole list of which these articles are a page. */
  readonly list: ListDocs;
}

/** Finds the articles that a query means and that fit the request's filters, one page of them. */
export function createFinder(deps: Omit<SearchDependencies, 'queries' | 'today'>) {
  const { client } = deps;
  const toEngineRequest = createEngineRequests(deps);
  const searchRanked = createRankedSearch(deps);

  return async function find(
    meaning: Pick<Understanding, 'clauses' | 'asks'>,
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<Found> {
    const base = await toEngineRequest(meaning.clauses, request, signal);
    const answer =
      base.sort === 'relevance'
        ? await searchRanked(meaning, base, signal)
        : {
            ...(await engineSearch(client, base, signal)),
            relaxed: false,
            isLong: false,
            asked: base,
          };
    // In a sentence quotation marks may only quote: 「驱龙事件」为何发生？
    const isKnown = answer.total > 0 || (base.unverified ?? []).length > 0;
    const clauses = isKnown ? null : withoutQuotes(meaning);
    if (clauses !== null)
      return { ...(await find({ ...meaning, clauses }, request, signal)), relaxed: true };
    return withDisjunctiveFacets(answer, request, signal);
  };

  /** A facet's own filter does not narrow its counts, so that one can add a second value. */
  async function withDisjunctiveFacets(
    { asked, ...answer }: RankedAnswer,
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<Found> {
    const active = FACETS.filter((facet) => request[facet].length > 0);
    const unfiltered = await engineSearchAll(
      client,
      active.map((facet) => {
        const filters = requestFilters(request, facet);
        return { ...asked, filters, offset: 0, limit: 0, facets: [facet] };
      }),
      signal,
    );
    const disjunctive: EngineAnswer['facets'] = Object.fromEntries(
      active.map((facet, at) => [facet, unfiltered[at]!.facets[facet] ?? {}]),
    );
    const { unverified = [] } = asked;
    return {
      ...answer,
      totalIsExact: answer.total < MAX_TOTAL_HITS && unverified.length === 0,
      facets: { ...answer.facets, ...disjunctive },
      missing: mostMissing([answer, ...unfiltered]),
      unverified,
      list: engineList(client, asked),
    };
  }
}

/** Characters outside the quotes from which on a query reads like a sentence. */
const SENTENCE_LENGTH = 8;

/**
 * The clauses with phrases taken as words. Null without a phrase, and for what is no sentence, in
 * which a phrase is meant as such: little beside it, or something excluded.
 */
function withoutQuotes({
  clauses,
  asks,
}: Pick<Understanding, 'clauses' | 'asks'>): Clause[] | null {
  const isSentence = clauses.every(({ must, mustNot }) => {
    const outside = must.flatMap((literal) => (literal.type === 'words' ? [literal.text] : []));
    return mustNot.length === 0 && outside.join('').length >= (asks ? 1 : SENTENCE_LENGTH);
  });
  const hasPhrase = clauses.some(({ must }) => must.some(({ type }) => type === 'phrase'));
  if (!isSentence || !hasPhrase) return null;
  return clauses.map(({ must, mustNot }) => ({
    must: must.map((literal) =>
      literal.type === 'phrase' ? { ...literal, type: 'words' } : literal,
    ),
    mustNot,
  }));
}
