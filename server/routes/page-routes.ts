import { Router } from 'express';
import { countArticles, dateSpan } from '../../indexer/store/articles.ts';
import { isoDay } from '../../indexer/core/day-range.ts';
import { searchRequestSchema, type SearchRequest } from '../api/search-schema.ts';
import type { ServerContext } from './context.ts';
import { helpPage } from '../pages/help-page.ts';
import { relaxations } from '../pages/wider-searches.ts';
import { searchPage } from '../pages/search-page.ts';
import { startPage } from '../pages/start-page.ts';
import { createParkList } from '../parks/park-counts.ts';
import { QuerySyntaxError } from '../query/query.ts';
import type { Search } from '../search/answer-search.ts';
import { QueryTooBroadError } from '../search/clause.ts';
import { clientSignal } from '../http/client-signal.ts';

/** Each is counted by a search of its own. */
const MAX_RELAXATIONS = 8;

/** The pages a person reads, those of articles, parks and saved searches apart. */
export function pageRoutes(context: ServerContext, search: Search): Router {
  const { store, gazetteer, sendPage } = context;
  const parkList = createParkList(store, gazetteer);
  const router = Router();

  /** What is a phrase in quotes may be no query without them: "日期:..". Nobody is led there. */
  async function count(request: SearchRequest, signal: AbortSignal): Promise<number> {
    try {
      return (await search(request, signal)).total;
    } catch (error) {
      if (error instanceof QuerySyntaxError || error instanceof QueryTooBroadError) return 0;
      throw error;
    }
  }

  router.get('/', (request, response) => {
    const parks = parkList();
    const span = dateSpan(store);
    sendPage(request, response, (shell) =>
      startPage(shell, {
        articles: countArticles(store),
        parks: parks.length,
        from: span === null ? null : isoDay(span.first),
        to: span === null ? null : isoDay(span.last),
        topParks: parks.slice(0, 12).map(({ id, name, articles: count }) => ({ id, name, count })),
      }),
    );
  });

  router.get('/search', async (request, response) => {
    const asked = searchRequestSchema.parse(request.query);
    const signal = clientSignal(response);
    const found = await search(asked, signal);
    const view = { request: asked, response: found };
    if (found.total > 0) {
      sendPage(request, response, (shell) => searchPage(shell, view));
      return;
    }
    const offers = await Promise.all(
      relaxations(asked, found)
        .slice(0, MAX_RELAXATIONS)
        .map(async (offer) => {
          return { ...offer, total: await count({ ...offer.request, page: 1, size: 1 }, signal) };
        }),
    );
    const wider = offers.filter(({ total }) => total > 0);
    sendPage(request, response, (shell) => searchPage(shell, { ...view, relaxations: wider }));
  });

  router.get('/help', (request, response) => {
    sendPage(request, response, (shell) => helpPage(shell));
  });

  return router;
}
