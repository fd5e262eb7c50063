import type { Started } from '../service-process.ts';
import { exited } from '../service-process.ts';
import type { Arena } from './arena.ts';
import type { Ledger } from './ledger.ts';
import type { FaultArticle } from './news.ts';

const ARTICLES_A_BATCH = 3;

export interface TakenNews {
  readonly articles: readonly FaultArticle[];
  readonly indexer: Started;
  /** Waits for the indexer, and enters in the ledger what it said that it took. */
  readonly settle: () => Promise<void>;
}

/** Starts `npm run index` on the next pieces of news. */
export function takeNews(
  arena: Arena,
  ledger: Ledger,
  news: Generator<FaultArticle, never>,
): TakenNews {
  const articles = Array.from({ length: ARTICLES_A_BATCH }, () => news.next().value);
  for (const article of articles) ledger.offered.set(article.id, article);
  const indexer = arena.startIndexer(articles);
  return {
    articles,
    indexer,
    async settle() {
      if ((await exited(indexer.child)) === 0) ledger.acknowledged.push(...articles);
    },
  };
}
