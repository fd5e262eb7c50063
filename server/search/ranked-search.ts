import { MAX_TOTAL_HITS } from '../../config/index-settings.ts';
import { createYielder } from '../../indexer/core/yield-to-event-loop.ts';
import { openVocabulary } from '../../indexer/store/vocabulary.ts';
import { timed } from '../http/request-trace.ts';
import { createAnswerCache } from './answer-cache.ts';
import { isTextLiteral, type Clause } from './clause.ts';
import type { EngineAnswer, EngineRequest, SearchDependencies } from './engine-search.ts';
import { engineSearch, engineSearchAll, mostMissing } from './engine-search.ts';
import {
  filterSetsOf,
  headlineQuery,
  pairQueries,
  rankableArticles,
  wordQueries,
} from './rank/candidates.ts';
import { createCandidateRanking } from './rank/rank-candidates.ts';
import { rankingQuery, type RankingQuery } from './rank/ranking-query.ts';
import type { Understanding } from './understanding.ts';

/** How many of the engine's hits are ranked anew; the rest follow in the engine's order. */
const WINDOW = 300;
/**
 * Common words stand together in many articles, and the engine does not know in which of them they matter:
 * of one or two words all are ranked when they are no more than this. When they are more, no such part of
 * them is sure to hold the best, and the window with those that have the words in the headline does as well.
 */
const ALL_OF_FEW_WORDS = 1_000;
const FEW_WORDS = 2;
/** Of what has one or two words in the headline: these come first, but the engine cannot know it. */
const HEADLINES_OF_FEW_WORDS = 100;
/** Of what has any of the words, and of what has all of many in the headline. */
const SMALL_WINDOW = 20;
/** Of each two words: a fair share of the window, but no fewer than this. */
const LEAST_OF_PAIR = 20;
/** Candidates whose texts are in memory together; a text may have 64,000 characters. */
const READ_AT_ONCE = 16;
/** From this many significant words on, some may be missing; in one run of text they are a sentence. */
const MANY_WORDS = 4;
/** That many articles with every word are answer enough to many words that are no sentence. */
const ENOUGH = 10;

export interface RankedAnswer extends EngineAnswer {
  /** Nothing has all the words: articles with some of them are shown. */
  readonly relaxed: boolean;
  /** The query is so long that this is no wonder. */
  readonly isLong: boolean;
  /** What the page shows articles of, for further counts of the same set. */
  readonly asked: EngineRequest;
}

/** The list that all pages of a query are cut from. */
type RankedList = Omit<RankedAnswer, 'docs'> & { readonly ranked: readonly number[] };

/** What may be asked for a query. */
interface Plan {
  readonly window: EngineRequest;
  /** What may be asked when words may be missing, what the page then shows first; empty: they may not. */
  readonly partial: readonly EngineRequest[];
  readonly ranking: RankingQuery;
  readonly isSentence: boolean;
}

/** Answers: their lists of numbers and counts of 700 parks take some 40 KB each. */
const CACHE_SIZE = 100;

/**
 * One page by relevance. The engine proposes candidates, which are ranked on their text; a page beyond
 * them goes on in the engine's own order, without those already shown. Every page of a query is cut
 * from the same list, so that no article comes twice and none is left out.
 */
export function createRankedSearch(deps: Omit<SearchDependencies, 'queries' | 'today'>) {
  const { store, client } = deps;
  const rankable = rankableArticles(store);
  const answerOnce = createAnswerCache<RankedList>(store, {
    name: 'ranked',
    cacheSize: CACHE_SIZE,
    // What lacks a part must not be given when the part is back.
    isWorthKeeping: ({ missing, asked }) =>
      missing === null && (asked.unverified ?? []).length === 0,
  });

  return async function searchRanked(
    meaning: Pick<Understanding, 'clauses' | 'asks'>,
    base: EngineRequest,
    signal?: AbortSignal,
  ): Promise<RankedAnswer> {
    const { uid, filters, facets, unverified } = base;
    const { ranked, ...list } = await answerOnce(
      [uid, meaning.clauses, filters, facets, meaning.asks, unverified],
      (shared) => rank(meaning, base, shared),
      signal,
    );
    const page: EngineRequest = { ...list.asked, offset: base.offset, limit: base.limit };
    const { docs, missing } = await pageOf(ranked, list.total, page, signal);
    return { ...list, docs, missing: mostMissing([list, { missing }]) };
  };

  async function rank(
    { clauses, asks }: Pick<Understanding, 'clauses' | 'asks'>,
    base: EngineRequest,
    signal: AbortSignal,
  ): Promise<RankedList> {
    const vocabulary = openVocabulary(store, base.uid);
    const ranking = rankingQuery(clauses, vocabulary, deps);
    const window: EngineRequest = { ...base, offset: 0, limit: WINDOW, facets: [] };
    const partial = isExact(clauses) ? [] : partialRequests(window, ranking);
    const isSentence = partial.length > 0 && (asks || ranking.longestRun >= MANY_WORDS);
    const ask = (requests: readonly EngineRequest[]) => engineSearchAll(client, requests, signal);
    const count = (asked: EngineRequest) =>
      engineSearch(client, { ...asked, limit: 0, facets: base.facets }, signal);
    // Beside each other, since counting takes the engine longer than finding and ranking take.
    const guess = isSentence ? partial[0]! : window;
    const [list, guessed] = await Promise.all([
      propose({ window, partial, ranking, isSentence }, ask),
      count(guess),
    ]);
    const counted = list.asked === guess ? guessed : await count(list.asked);
    return { ...list, facets: counted.facets, missing: mostMissing([list, counted]) };
  }

  /** The list without its counts. */
  async function propose(
    { window, partial, ranking, isSentence }: Plan,
    ask: (requests: readonly EngineRequest[]) => Promise<EngineAnswer[]>,
  ): Promise<Omit<RankedList, 'facets'>> {
    const isLong = isSentence || (partial.length > 0 && ranking.words >= MANY_WORDS);
    const isShort = ranking.words <= FEW_WORDS;
    const [strict, ...others] = await ask([
      window,
      ...(isLong
        ? partial
        : headlineRequests(window, ranking, isShort ? HEADLINES_OF_FEW_WORDS : SMALL_WINDOW)),
    ]);
    // The answer to a question seldom has all its words, nor the story all those of its headline. Else
    // what fits in part has no place beside enough that fits.
    const isLacking = partial.length > 0 && (isSentence || strict!.total < (isLong ? ENOUGH : 1));
    const inPart = !isLacking ? [] : isLong ? others : await ask(partial);
    const [asked = window] = isLacking ? partial : [];
    const [answer = strict!] = inPart;
    const hasRest = isShort && strict!.total > WINDOW && strict!.total <= ALL_OF_FEW_WORDS;
    const following = { ...window, offset: WINDOW, limit: ALL_OF_FEW_WORDS - WINDOW };
    const rest = hasRest ? await ask([following]) : [];
    const answers = [strict!, ...rest, ...(isLong ? [] : others), ...inPart];
    const proposed = new Set(answers.flatMap(({ docs }) => docs));
    const ranked = await rankDocs([...proposed], ranking);
    // Above the limit the engine stops counting, not finding.
    const total = Math.max(answer.total, Math.min(ranked.length, MAX_TOTAL_HITS));
    const relaxed = isLacking && strict!.total === 0;
    return { ranked, total, missing: mostMissing(answers), relaxed, isLong, asked };
  }

  async function rankDocs(docs: readonly number[], query: RankingQuery): Promise<number[]> {
    const ranking = createCandidateRanking(query);
    const yieldToEventLoop = createYielder();
    for (let at = 0; at < docs.length; at += READ_AT_ONCE) {
      const some = timed('read', () => [...rankable(docs.slice(at, at + READ_AT_ONCE))]);
      timed('rank', () => some.forEach(ranking.add));
      await yieldToEventLoop();
    }
    return timed('rank', () => ranking.ranked());
  }

  async function pageOf(
    first: readonly number[],
    count: number,
    page: EngineRequest,
    signal?: AbortSignal,
  ): Promise<Pick<EngineAnswer, 'docs' | 'missing'>> {
    const end = Math.min(page.offset + page.limit, count);
    if (end <= first.length) return { docs: first.slice(page.offset, end), missing: null };
    const rest = await engineSearch(
      client,
      { ...page, offset: 0, limit: end + first.length, facets: [] },
      signal,
    );
    const shown = new Set(first);
    const all = [...first, ...rest.docs.filter((doc) => !shown.has(doc))];
    return { docs: all.slice(page.offset, end), missing: rest.missing };
  }
}

/** Whether every word must stand, or not stand, as asked: with phrases and exclusions nothing is relaxed. */
function isExact(clauses: readonly Clause[]): boolean {
  return clauses.some(
    ({ must, mustNot }) =>
      must.some((literal) => literal.type === 'phrase') ||
      mustNot.some((literal) => isTextLiteral(literal) || literal.type === 'named-park'),
  );
}

/**
 * What to ask for when words may be missing: first everything with any of the rarest words, which is
 * what the pages then show, after it the candidates with two of them. Empty for a single word.
 */
function partialRequests(window: EngineRequest, ranking: RankingQuery): EngineRequest[] {
  if (ranking.terms.length < 2 || ranking.retrieval.length === 0) return [];
  const filterSets = filterSetsOf(window.queries);
  const pairs = pairQueries(ranking, filterSets);
  const limit = Math.max(LEAST_OF_PAIR, Math.ceil(WINDOW / Math.max(1, pairs.length)));
  return [
    // What has all the words is among what has any, also when these are none of the rarest.
    {
      ...window,
      queries: [...window.queries, ...wordQueries(ranking, filterSets)],
      limit: SMALL_WINDOW,
    },
    ...pairs.map((query) => ({ ...window, queries: [query], limit })),
  ];
}

function headlineRequests(
  window: EngineRequest,
  ranking: RankingQuery,
  limit: number,
): EngineRequest[] {
  return window.queries.flatMap((query) => {
    const headline = headlineQuery(query, ranking);
    return headline === null ? [] : [{ ...window, queries: [headline], limit }];
  });
}
