import { MAX_TOTAL_HITS } from '../../config/index-settings.ts';
import { FACETS, type FacetName, type SearchRequest } from '../api/search-schema.ts';
import { asksSomething } from '../rewrites/question-words.ts';
import type { Clause } from './clause.ts';
import type { SearchDependencies } from './dependencies.ts';
import { createEngineRequests } from './engine-requests.ts';
import {
  engineSearch,
  engineSearchAll,
  mostMissing,
  type EngineAnswer,
  type EngineRequest,
  type FacetCounts,
} from './engine-search.ts';
import { createRankedSearch, type RankedAnswer } from './ranked-search.ts';
import { requestFilters } from './filters.ts';
import { engineList, type ListDocs } from './list-docs.ts';

export interface Found {
  /** One page, in order. */
  readonly docs: readonly number[];
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly facets: FacetCounts;
  /** True when nothing had all the words and articles with some of them are shown. */
  readonly relaxed: boolean;
  /** The query is so long that no article need have all its words. */
  readonly isLong: boolean;
  /** What is not among all this because engines are down; null: nothing. */
  readonly missing: EngineAnswer['missing'];
  /** Phrases of which articles may be left out, because not every text could be looked into. */
  readonly unverified: readonly string[];
  /** The whole list of which these articles are a page. */
  readonly list: ListDocs;
}

/** Finds the articles that fit the clauses and the request's filters, one page of them. */
export function createFinder(deps: SearchDependencies) {
  const { client } = deps;
  const toEngineRequest = createEngineRequests(deps);
  const searchRanked = createRankedSearch(deps);

  return async function find(
    clauses: readonly Clause[],
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<Found> {
    const base = await toEngineRequest(clauses, request, signal);
    const asks = asksSomething(request.q);
    const answer =
      base.sort === 'relevance'
        ? await searchRanked(clauses, base, asks, signal)
        : {
            ...(await engineSearch(client, base, signal)),
            relaxed: false,
            isLong: false,
            asked: base,
          };
    // In a sentence quotation marks may only quote: 「驱龙事件」为何发生？
    const isKnown = answer.total > 0 || (base.unverified ?? []).length > 0;
    const unquoted = isKnown ? null : withoutQuotes(clauses, asks);
    if (unquoted !== null) return { ...(await find(unquoted, request, signal)), relaxed: true };
    return withDisjunctiveFacets(answer, request, signal);
  };

  async function withDisjunctiveFacets(
    answer: RankedAnswer,
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<Found> {
    const active = FACETS.filter((facet) => request[facet].length > 0);
    const unfiltered = await engineSearchAll(
      client,
      active.map((facet) => withoutFacet(answer.asked, request, facet)),
      signal,
    );
    // A facet's own filter does not narrow its counts, so that one can add a second value.
    const disjunctive = Object.fromEntries(
      active.map((facet, at) => [facet, unfiltered[at]!.facets[facet] ?? {}]),
    );
    const { unverified = [] } = answer.asked;
    return {
      docs: answer.docs,
      total: answer.total,
      totalIsExact: answer.total < MAX_TOTAL_HITS && unverified.length === 0,
      facets: { ...answer.facets, ...disjunctive },
      relaxed: answer.relaxed,
      isLong: answer.isLong,
      missing: mostMissing([answer, ...unfiltered]),
      unverified,
      list: engineList(client, answer.asked),
    };
  }
}

function withoutFacet(
  base: EngineRequest,
  request: SearchRequest,
  facet: FacetName,
): EngineRequest {
  return { ...base, filters: requestFilters(request, facet), offset: 0, limit: 0, facets: [facet] };
}

/** Characters outside the quotes from which on a query reads like a sentence. */
const SENTENCE_LENGTH = 8;

/**
 * The same clauses with phrases taken as words. Null without a phrase, and for what is no sentence, in
 * which a phrase is meant as such: little beside it, or something excluded. `asks`: the query is worded as a question.
 */
function withoutQuotes(clauses: readonly Clause[], asks: boolean): Clause[] | null {
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
