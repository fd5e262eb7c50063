import type { Meilisearch } from 'meilisearch';
import { MAX_TOTAL_HITS } from '../../config/index-settings.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { isStopWord } from '../../indexer/analyzer/words.ts';
import type { Store } from '../../indexer/store/database.ts';
import { openVocabulary } from '../../indexer/store/vocabulary.ts';
import type { Clause } from './clause.ts';
import type { EngineQuery } from './engine-query.ts';
import type { EngineAnswer, EngineRequest } from './engine-search.ts';
import { engineSearch } from './engine-search.ts';
import { headlineQuery, rotatedQueries } from './rank/candidates.ts';
import { rankCandidates } from './rank/rank-candidates.ts';
import { createRankableArticles } from './rank/rankable-articles.ts';
import { rankingQuery } from './rank/ranking-query.ts';

/** How many of the engine's hits are ranked anew; the rest follow in the engine's order. */
const WINDOW = 200;
const HEADLINE_WINDOW = 50;
/** From this many words on, a query is more likely a question than a list of what must be there. */
const QUESTION_WORDS = 4;
/** That many articles with every word are answer enough, even to a question. */
const ENOUGH = 10;

export interface RankedAnswer {
  readonly docs: readonly number[];
  readonly total: number;
  readonly facets: EngineAnswer['facets'];
  readonly relaxed: boolean;
  /** What the page shows articles of, for further counts of the same set. */
  readonly asked: EngineRequest;
}

/**
 * One page by relevance. The engine proposes candidates, which are ranked on their text; a page beyond
 * them goes on in the engine's own order, without those already shown. Every page of a query is cut
 * from the same list, so that no article comes twice and none is left out.
 */
export function createRankedSearch(store: Store, client: Meilisearch, analyzer: Analyzer) {
  const rankable = createRankableArticles(store);

  return async function searchRanked(
    clauses: readonly Clause[],
    base: EngineRequest,
    signal?: AbortSignal,
  ): Promise<RankedAnswer> {
    const ranking = rankingQuery(clauses, analyzer, openVocabulary(store, base.uid), isStopWord);
    const [onlyQuery] = base.queries;
    const isOneClause = base.queries.length === 1 && onlyQuery !== undefined;
    const window: EngineRequest = { ...base, offset: 0, limit: WINDOW };
    const ask = (request: EngineRequest) => engineSearch(client, request, signal);

    // Synonyms make alternatives of one query; words may be dropped as long as all keep the same filters.
    const filters = sharedFilters(base.queries);
    const rotations = filters === null ? [] : rotatedQueries(ranking, filters);
    const relaxedWindow: EngineRequest = { ...window, queries: rotations, strategy: 'last' };
    const mayRelax = rotations.length > 0 && ranking.terms.length > 1;
    const isQuestion = mayRelax && ranking.terms.length >= QUESTION_WORDS;
    const headlineWindow: EngineRequest = {
      ...window,
      queries: isOneClause ? [headlineQuery(onlyQuery, ranking)] : [],
      limit: HEADLINE_WINDOW,
      facets: [],
    };
    const [strict, headlines, question] = await Promise.all([
      ask(window),
      isOneClause && !isQuestion ? ask(headlineWindow) : null,
      isQuestion ? ask(relaxedWindow) : null,
    ]);
    const mustRelax = mayRelax && strict.total < (isQuestion ? ENOUGH : 1);
    const answer = mustRelax ? (question ?? (await ask(relaxedWindow))) : strict;
    const asked = mustRelax ? relaxedWindow : window;
    const proposed = [...new Set([...answer.docs, ...strict.docs, ...(headlines?.docs ?? [])])];
    const ranked = rankCandidates(rankable(proposed), ranking);
    const total = Math.max(answer.total, Math.min(ranked.length, MAX_TOTAL_HITS));
    const docs = await pageOf(
      ranked,
      total,
      { ...asked, offset: base.offset, limit: base.limit },
      ask,
    );
    return { docs, total, facets: answer.facets, relaxed: mustRelax && strict.total === 0, asked };
  };
}

/** The filters of all alternatives when they are the same, else null. */
function sharedFilters(queries: readonly EngineQuery[]): readonly string[] | null {
  const [first, ...others] = queries.map(({ filters }) => filters);
  if (first === undefined) return null;
  const own = JSON.stringify(first);
  return others.every((filters) => JSON.stringify(filters) === own) ? first : null;
}

async function pageOf(
  ranked: readonly number[],
  total: number,
  page: EngineRequest,
  ask: (request: EngineRequest) => Promise<EngineAnswer>,
): Promise<number[]> {
  const end = Math.min(page.offset + page.limit, total);
  if (end <= ranked.length) return ranked.slice(page.offset, end);
  const { docs } = await ask({ ...page, offset: 0, limit: end + ranked.length, facets: [] });
  const shown = new Set(ranked);
  return [...ranked, ...docs.filter((doc) => !shown.has(doc))].slice(page.offset, end);
}
