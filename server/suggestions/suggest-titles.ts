import type { Meilisearch } from 'meilisearch';
import { queryGramsOf } from '../../indexer/analyzer/grams.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { encodeTerm } from '../../indexer/analyzer/opaque.ts';
import { titleTerm } from '../../indexer/documents/special-terms.ts';
import { activeIndex } from '../../indexer/push/index-registry.ts';
import { articlesByDoc, duplicatesOf } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import { engineSearch } from '../search/engine-search.ts';

export interface TitleSuggestion {
  readonly article: StoredArticle;
  /** The article and its duplicates. */
  readonly copies: number;
}

/** The engine knows that all pairs of characters are there, not that they are side by side. */
const PROPOSED = 20;
/** Longer ones do not fit the box. */
const LONGEST_TITLE = 60;

/** The newest titles that contain all of some words, each title once. */
export function createTitleSuggester(store: Store, client: Meilisearch) {
  return async function suggestTitles(
    words: readonly string[],
    limit: number,
    signal?: AbortSignal,
  ): Promise<TitleSuggestion[]> {
    const index = activeIndex(store);
    const phrases = words.flatMap((word) => {
      const grams = queryGramsOf(word).map((gram) => encodeTerm(titleTerm(gram)));
      return grams.length === 0 ? [] : [`"${grams.join(' ')}"`];
    });
    if (index === null || phrases.length === 0) return [];
    const { docs } = await engineSearch(
      client,
      {
        uid: index.uid,
        queries: [{ q: phrases.join(' '), filters: [], terms: phrases.length }],
        filters: [],
        sort: 'newest',
        offset: 0,
        limit: PROPOSED,
        facets: [],
      },
      signal,
    );
    const byTitle = new Map<string, StoredArticle>();
    for (const article of articlesByDoc(store, docs)) {
      const title = normaliseText(article.title).text;
      if (title.length > LONGEST_TITLE || byTitle.has(title)) continue;
      if (words.every((word) => title.includes(word))) byTitle.set(title, article);
    }
    return [...byTitle.values()].slice(0, limit).map((article) => ({
      article,
      copies: 1 + duplicatesOf(store, article).length,
    }));
  };
}
