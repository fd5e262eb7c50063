import { headingGram, queryGramsOf } from '../../indexer/analyzer/grams.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import { latestDocsWithGrams } from '../../indexer/store/article-grams.ts';
import { duplicatesOf, newestDocs } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import { shownArticles } from '../../indexer/store/shown-article.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';

export interface TitleSuggestion {
  readonly article: StoredArticle;
  /** The article and its duplicates. */
  readonly copies: number;
}

/** Of so many that came last the newest are taken: a search for 高新区 has no need to look at all. */
const LATEST_ARRIVALS = 1_000;
/** That all pairs of characters are there does not say that they are side by side. */
const PROPOSED = 20;
/** Longer ones do not fit the box. */
const LONGEST_TITLE = 60;

/** The newest titles that contain all of some words, each title once. */
export function createTitleSuggester(store: Store) {
  return function suggestTitles(words: readonly string[], limit: number): TitleSuggestion[] {
    const grams = words.flatMap((word) => queryGramsOf(word)).map(headingGram);
    if (searchableIndex(store) === null || grams.length === 0) return [];
    const docs = newestDocs(store, latestDocsWithGrams(store, grams, LATEST_ARRIVALS), PROPOSED);
    const byTitle = new Map<string, StoredArticle>();
    for (const article of shownArticles(store, docs, 'title')) {
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
