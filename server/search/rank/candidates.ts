import { createBoundedCache, memoizeByOwner } from '../../../indexer/core/caches.ts';
import { titleTerm } from '../../../indexer/documents/special-terms.ts';
import { activeIndex } from '../../../indexer/push/index-registry.ts';
import type { Store } from '../../../indexer/store/database.ts';
import { openRankingTexts, type RankingText } from '../../../indexer/store/ranking-texts.ts';
import { MAX_TERMS, quoted } from '../engine-requests.ts';
import type { EngineQuery } from '../engine-search.ts';
import type { RankingQuery } from './ranking-query.ts';

/** The words by which articles are found that have only some of them. */
const RETRIEVAL_TERMS = 6;

/** What every article must fit, whichever of the words it has. */
type FilterSet = EngineQuery['filters'];

/** The different filter sets of a query's alternatives. */
export function filterSetsOf(queries: readonly EngineQuery[]): FilterSet[] {
  return [...new Map(queries.map(({ filters }) => [JSON.stringify(filters), filters])).values()];
}

/**
 * Queries for any two of the rarest words. Few articles have two rare words, so that the first of each
 * query are candidates enough: recall of the right one .992–.996 on questions with about 110 candidates,
 * where three queries that drop words from the end reach .964–.980.
 */
export function pairQueries(query: RankingQuery, filterSets: readonly FilterSet[]): EngineQuery[] {
  const terms = retrievalTerms(query);
  const pairs = terms.flatMap((first, at) => terms.slice(at + 1).map((second) => [first, second]));
  return queriesFor(pairs, filterSets);
}

/** Queries for each of the rarest words: together everything that is shown when words may be missing. */
export function wordQueries(query: RankingQuery, filterSets: readonly FilterSet[]): EngineQuery[] {
  return queriesFor(
    retrievalTerms(query).map((term) => [term]),
    filterSets,
  );
}

function retrievalTerms({ retrieval }: RankingQuery): string[] {
  return retrieval.slice(0, RETRIEVAL_TERMS).map(({ term }) => quoted(term));
}

function queriesFor(asked: readonly string[][], filterSets: readonly FilterSet[]): EngineQuery[] {
  return asked.flatMap((terms) =>
    filterSets.map((filters) => ({ q: terms.join(' '), filters, terms: terms.length })),
  );
}

/** The same with all words in the headline too: these come first, but the engine cannot know it. */
export function headlineQuery(asked: EngineQuery, query: RankingQuery): EngineQuery | null {
  const inTitle = query.retrieval.map(({ term }) =>
    quoted(term.startsWith(titleTerm('')) ? term : titleTerm(term)),
  );
  if (inTitle.length === 0 || asked.terms + inTitle.length > MAX_TERMS) return null;
  return { ...asked, q: `${inTitle.join(' ')} ${asked.q}`, terms: asked.terms + inTitle.length };
}

/** Characters of ranking texts in the cache. */
const CACHE_SIZE = 20_000_000;

/**
 * Reads candidates for ranking, those of them that are indexed, as they are asked for; recently read ones are
 * in a cache that all searches in a store share.
 */
export const rankableArticles = memoizeByOwner((store: Store) => {
  const texts = openRankingTexts(store);
  const cache = createBoundedCache<number, RankingText>(CACHE_SIZE, ({ text }) => text.length);
  let cachedAt = followed();

  /** Changes in the transaction that writes ranking texts. */
  function followed(): string {
    const index = activeIndex(store);
    return `${index?.uid} ${index?.appliedSeq}`;
  }

  return function* (docs: readonly number[]): Generator<RankingText> {
    // While the index follows no change, no article need be looked at for one: of 1,000 it takes 4 ms.
    const now = followed();
    if (now !== cachedAt)
      for (const { doc, changedSeq } of cache.values())
        if (changedSeq !== texts.seqOf(doc)) cache.forget(doc);
    cachedAt = now;
    for (const doc of docs) {
      const known = cache.get(doc);
      const article = known ?? texts.read(doc);
      if (article === null) continue;
      if (known === undefined) cache.set(doc, article);
      yield article;
    }
  };
});
