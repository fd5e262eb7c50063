import { titleTerm } from '../../../indexer/documents/special-terms.ts';
import type { EngineQuery } from '../engine-query.ts';
import { MAX_TERMS, quoted } from '../engine-query.ts';
import type { RankingQuery } from './ranking-query.ts';

/** The words by which articles are found that have only some of them. */
const FINDING_TERMS = 6;

/** What every article must fit, whichever of the words it has. */
type Frame = EngineQuery['filters'];

/** The different frames of a query's alternatives. */
export function framesOf(queries: readonly EngineQuery[]): Frame[] {
  return [...new Map(queries.map(({ filters }) => [JSON.stringify(filters), filters])).values()];
}

/**
 * Queries for any two of the rarest words. Few articles have two rare words, so that the first of each
 * query are candidates enough: recall of the right one .992–.996 on questions with about 110 candidates,
 * where three queries that drop words from the end reach .964–.980.
 */
export function pairQueries(query: RankingQuery, frames: readonly Frame[]): EngineQuery[] {
  const terms = findingTerms(query);
  return terms.flatMap((first, at) =>
    terms.slice(at + 1).flatMap((second) => frames.map((frame) => toQuery([first, second], frame))),
  );
}

/** Queries for each of the rarest words: together everything that is shown when words may be missing. */
export function wordQueries(query: RankingQuery, frames: readonly Frame[]): EngineQuery[] {
  return findingTerms(query).flatMap((term) => frames.map((frame) => toQuery([term], frame)));
}

/** The same with all words in the headline too: these come first, but the engine cannot know it. */
export function headlineQuery(asked: EngineQuery, query: RankingQuery): EngineQuery | null {
  const inTitle = query.finding.map(({ term }) =>
    quoted(term.startsWith(titleTerm('')) ? term : titleTerm(term)),
  );
  if (inTitle.length === 0 || asked.terms + inTitle.length > MAX_TERMS) return null;
  return { ...asked, q: `${inTitle.join(' ')} ${asked.q}`, terms: asked.terms + inTitle.length };
}

function findingTerms({ finding }: RankingQuery): string[] {
  return finding.slice(0, FINDING_TERMS).map(({ term }) => quoted(term));
}

function toQuery(terms: readonly string[], filters: Frame): EngineQuery {
  return {
    q: terms.join(' '),
    filters,
    terms: terms.length,
  };
}
