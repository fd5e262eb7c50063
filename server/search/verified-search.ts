import { MAX_TOTAL_HITS } from '../../config/index-settings.ts';
import { isStopWord } from '../../indexer/analyzer/words.ts';
import { articlesByDoc } from '../../indexer/store/articles.ts';
import { openVocabulary } from '../../indexer/store/vocabulary.ts';
import { timed } from '../telemetry/request-trace.ts';
import { createAnswerCache } from './answer-cache.ts';
import type { Clause } from './clause.ts';
import { isTextLiteral } from './clause.ts';
import type { ClauseQuery, EngineQuery } from './engine-query.ts';
import type { EngineRequest, FacetCounts } from './engine-search.ts';
import { engineSearch } from './engine-search.ts';
import { countDays, countFacets } from './facets.ts';
import { rankCandidates } from './rank/rank-candidates.ts';
import { createRankableArticles } from './rank/rankable-articles.ts';
import { rankingQuery } from './rank/ranking-query.ts';
import type { SearchDependencies } from './search.ts';
import { createVerifier } from './verify-clauses.ts';

export interface VerifiedAnswer {
  /** All of them, in order. */
  readonly docs: readonly number[];
  readonly totalIsExact: boolean;
  readonly facets: FacetCounts;
}

/** Answers kept for the next page, an export, a second look. */
const MAX_KEPT = 20;
/** How many are put in order by relevance; the rest follow in the engine's order. */
const WINDOW = 200;

/** Whether every word must stand, or not stand, exactly as asked, so that nothing may be relaxed. */
export function mustBeVerified(clauses: readonly Clause[]): boolean {
  return clauses.some(
    ({ must, mustNot }) =>
      must.some((literal) => literal.type === 'phrase') ||
      mustNot.some((literal) => isTextLiteral(literal) || literal.type === 'named-park'),
  );
}

export type VerifiedSearch = ReturnType<typeof createVerifiedSearch>;

/**
 * All articles that fit, for queries with phrases or exclusions: the engine proposes, the text of those
 * articles decides of which the engine cannot know, and what is rejected is taken out of its counts.
 */
export function createVerifiedSearch({ store, client, analyzer, gazetteer }: SearchDependencies) {
  const fittingDocs = createVerifier(store);
  const rankable = createRankableArticles(store);
  const answerOnce = createAnswerCache<VerifiedAnswer>(store, MAX_KEPT);

  return async function searchVerified(
    clauses: readonly Clause[],
    queries: readonly ClauseQuery[],
    base: EngineRequest,
    signal?: AbortSignal,
  ): Promise<VerifiedAnswer> {
    const { filters, sort, uid, facets } = base;
    return answerOnce([uid, queries, filters, sort, facets], () =>
      answerAnew(clauses, queries, base, signal),
    );
  };

  async function answerAnew(
    clauses: readonly Clause[],
    queries: readonly ClauseQuery[],
    base: EngineRequest,
    signal?: AbortSignal,
  ): Promise<VerifiedAnswer> {
    const ask = (asked: readonly EngineQuery[], facets: EngineRequest['facets'] = []) =>
      engineSearch(
        client,
        { ...base, queries: asked, offset: 0, limit: MAX_TOTAL_HITS, facets },
        signal,
      );
    const proposal = ask(queries, base.facets);
    const unfitFor = async (query: ClauseQuery): Promise<number[]> => {
      if (query.doubtful.length === 0) return [];
      const answer = await ask(query.doubtful);
      // A list that was cut short leaves everything in doubt.
      const { docs } = answer.total < MAX_TOTAL_HITS ? answer : await proposal;
      const fitting = await timed('verify', () => fittingDocs(query, docs, signal));
      return docs.filter((doc) => !fitting.has(doc));
    };
    const [proposed, ...unfit] = await Promise.all([proposal, ...queries.map(unfitFor)]);
    const rejected = await rejectedByAll(
      queries,
      unfit,
      async (query) => (await ask([query])).docs,
    );
    const fitting = proposed.docs.filter((doc) => !rejected.has(doc));
    const lost = articlesByDoc(
      store,
      proposed.docs.filter((doc) => rejected.has(doc)),
    );
    return {
      docs:
        base.sort === 'relevance'
          ? timed('rank', () => ranked(fitting, clauses, base.uid))
          : fitting,
      totalIsExact: proposed.total < MAX_TOTAL_HITS,
      facets: subtract(proposed.facets, {
        ...countFacets(lost, gazetteer),
        firstDay: countDays(lost),
      }),
    };
  }

  function ranked(docs: readonly number[], clauses: readonly Clause[], uid: string): number[] {
    const vocabulary = openVocabulary(store, uid);
    const query = rankingQuery(clauses, vocabulary, { analyzer, gazetteer, isStopWord });
    return [...rankCandidates(rankable(docs.slice(0, WINDOW)), query), ...docs.slice(WINDOW)];
  }
}

/** An article that is unfit by one alternative may yet fit by another. */
async function rejectedByAll(
  queries: readonly ClauseQuery[],
  unfit: readonly (readonly number[])[],
  docsOf: (query: ClauseQuery) => Promise<readonly number[]>,
): Promise<ReadonlySet<number>> {
  const rejected = new Set(unfit.flat());
  if (queries.length === 1 || rejected.size === 0) return rejected;
  const found = await Promise.all(queries.map(docsOf));
  found.forEach((docs, at) => {
    const unfitHere = new Set(unfit[at]);
    for (const doc of docs) if (!unfitHere.has(doc)) rejected.delete(doc);
  });
  return rejected;
}

function subtract(
  counts: FacetCounts,
  lost: Readonly<Record<string, Readonly<Record<string, number>>>>,
): FacetCounts {
  return Object.fromEntries(
    Object.entries(counts).map(([facet, values]) => [
      facet,
      Object.fromEntries(
        Object.entries(values ?? {}).flatMap(([value, count]) => {
          const left = count - (lost[facet]?.[value] ?? 0);
          return left > 0 ? [[value, left]] : [];
        }),
      ),
    ]),
  );
}
