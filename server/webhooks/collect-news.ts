import type { z } from 'zod';
import type { Arrival } from '../../indexer/store/arrivals.ts';
import { shownArticles } from '../../indexer/store/shown-article.ts';
import { writeStore } from '../../indexer/store/write-store.ts';
import type { newsSchema } from '../api/saved-search-schema.ts';
import { createMatches } from '../saved-searches/matches.ts';
import { createIntents } from '../saved-searches/saved-intent.ts';
import type { SavedSearch } from '../saved-searches/saved-searches.ts';
import { findSavedSearch } from '../saved-searches/saved-searches.ts';
import { articleUrl } from '../search/answer-search.ts';
import type { SearchDependencies } from '../search/engine-search.ts';
import type { Webhook } from './webhook-store.ts';
import { recordTold } from './webhook-store.ts';

const MAX_ARTICLES = 100;
const SUMMARY_LENGTH = 200;

/** Makes a delivery of the articles that a webhook's search has found since the last one, when there are any. */
export function createCollector(deps: SearchDependencies & { readonly address: string }) {
  const { store, address } = deps;
  const intents = createIntents(deps);
  const matches = createMatches(deps);

  return async function collect(webhook: Webhook, signal: AbortSignal): Promise<void> {
    const saved = findSavedSearch(store, webhook.searchId);
    const arrived = matches.arrived();
    if (saved === null || arrived <= webhook.told) return;
    const fresh: Arrival[] = [];
    for await (const arrival of matches.arrivedAfter(intents.open(saved), webhook.told, signal))
      if (arrival.number <= arrived) fresh.push(arrival);
    const oldestFirst = fresh.reverse().slice(0, MAX_ARTICLES);
    const told = fresh.length > MAX_ARTICLES ? oldestFirst.at(-1)!.number : arrived;
    const bodyOf = (id: string) => JSON.stringify(news(saved, id, oldestFirst));
    await writeStore(
      store,
      () => recordTold(store, webhook, told, fresh.length === 0 ? null : bodyOf),
      { signal },
    );
  };

  function news(
    saved: SavedSearch,
    delivery: string,
    arrivals: readonly Arrival[],
  ): z.infer<typeof newsSchema> {
    const docs = arrivals.map(({ doc }) => doc);
    return {
      delivery,
      savedSearch: { id: saved.id, name: saved.name, link: `${address}/s/${saved.id}` },
      articles: Array.from(shownArticles(store, docs, 'beginning'), (article) => ({
        id: article.id,
        title: article.title,
        date: article.date,
        datePrecision: article.datePrecision,
        source: article.source,
        parks: article.parks.map(({ id, name }) => ({ id, name })),
        summary: article.text.slice(0, SUMMARY_LENGTH),
        url: `${address}${articleUrl(article.id)}`,
      })),
    };
  }
}
