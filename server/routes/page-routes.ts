import { Router, urlencoded } from 'express';
import { ZodError } from 'zod';
import { countArticles, dateSpan, findArticle } from '../../indexer/store/articles.ts';
import { isoDay } from '../../indexer/dates/day-range.ts';
import { savedSearchInputSchema } from '../api/saved-search-schema.ts';
import { searchRequestSchema } from '../api/search-schema.ts';
import type { ServerContext } from '../context.ts';
import { HttpError, toErrorAnswer } from '../http-error.ts';
import { helpPage } from '../pages/help-page.ts';
import { pageShell } from '../pages/page-shell.ts';
import { savedCreatedPage } from '../pages/saved-created-page.ts';
import { savedPage } from '../pages/saved-page.ts';
import { relaxations } from '../pages/search-empty.ts';
import { searchPage } from '../pages/search-page.ts';
import { startPage } from '../pages/start-page.ts';
import { createParkList } from '../parks/park-list.ts';
import { savedRequest, checkSavedQuery } from '../saved-searches/saved-query.ts';
import { savedSearchFeed } from '../saved-searches/feeds.ts';
import { saveSearch } from '../saved-searches/saved-searches.ts';
import { createSearch } from '../search/answer-search.ts';
import { clientSignal } from './client-signal.ts';
import { publicAddress } from './public-address.ts';
import { describeSavedSearch, requireSavedSearch } from './saved-search-routes.ts';

/** Each is counted by a search of its own. */
const MAX_RELAXATIONS = 8;

/** The pages a person reads, the parks' and the articles' apart. */
export function pageRoutes(context: ServerContext): Router {
  const { store, gazetteer, publicUrl } = context;
  const shell = pageShell(context.assets);
  const search = createSearch(context);
  const parkList = createParkList(store, gazetteer);
  const router = Router();

  router.get('/', (_request, response) => {
    const parks = parkList();
    const span = dateSpan(store);
    response.type('html').send(
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
      response.type('html').send(searchPage(shell, view));
      return;
    }
    const offers = await Promise.all(
      relaxations(asked, found)
        .slice(0, MAX_RELAXATIONS)
        .map(async (offer) => {
          const { total } = await search({ ...offer.request, page: 1, size: 1 }, signal);
          return { ...offer, total };
        }),
    );
    const wider = offers.filter(({ total }) => total > 0);
    response.type('html').send(searchPage(shell, { ...view, relaxations: wider }));
  });

  router.get('/help', (_request, response) => {
    response.type('html').send(helpPage(shell));
  });

  router.get('/saved', (_request, response) => {
    response.type('html').send(savedPage(shell));
  });

  router.post('/saved', urlencoded({ extended: false, limit: '32kb' }), (request, response) => {
    const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
    try {
      const input = savedSearchInputSchema.parse(body);
      const made = saveSearch(store, { ...input, query: checkSavedQuery(input.query) });
      const saved = describeSavedSearch(made.saved, publicAddress(request, publicUrl));
      response.status(201).type('html');
      response.send(savedCreatedPage(shell, { saved, token: made.token }));
    } catch (error) {
      const answer = toErrorAnswer(error);
      if (answer.status !== 400) throw error;
      const problems =
        error instanceof ZodError ? error.issues.map(({ message }) => message) : [answer.message];
      const typed = (field: unknown) => (typeof field === 'string' ? field : '');
      response.status(400).type('html');
      response.send(
        savedPage(shell, {
          rejected: { problems, name: typed(body['name']), query: typed(body['query']) },
        }),
      );
    }
  });

  router.get('/s/:id', (request, response) => {
    const saved = requireSavedSearch(store, request.params.id);
    response.redirect(302, `/search?${saved.query}`);
  });

  router.get('/s/:id/feed.:format', async (request, response) => {
    const { format } = request.params;
    if (format !== 'atom' && format !== 'json')
      throw new HttpError(404, 'not-found', '订阅源只有 feed.atom 与 feed.json 两种');
    const saved = requireSavedSearch(store, request.params.id);
    const address = publicAddress(request, publicUrl);
    const { hits } = await search(
      { ...savedRequest(saved.query), sort: 'newest', size: 50 },
      clientSignal(response),
    );
    const entries = hits.map((hit) => ({ hit, text: findArticle(store, hit.id)?.text ?? '' }));
    const feed = savedSearchFeed(describeSavedSearch(saved, address), entries, address);
    if (format === 'atom') response.type('application/atom+xml').send(feed.atom1());
    else response.type('application/feed+json').send(feed.json1());
  });

  return router;
}
