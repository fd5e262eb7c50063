import { Router } from 'express';
import { ZodError } from 'zod';
import { savedSearchInputSchema } from '../api/saved-search-schema.ts';
import { createRequestWriter, type ServerContext } from './context.ts';
import { toErrorAnswer } from './error-answer.ts';
import { savedCreatedPage, savedPage } from '../pages/saved-page.ts';
import { searchHref } from '../html/search-links.ts';
import { createMatches } from '../saved-searches/matches.ts';
import { createIntents } from '../saved-searches/saved-intent.ts';
import { saveSearch } from '../saved-searches/saved-searches.ts';
import { publicAddress } from '../http/public-address.ts';
import { describeSavedSearch, requireSavedSearch } from './saved-search-routes.ts';
import { HttpError } from '../http/http-error.ts';
import { MAX_ENTRIES, writeFeed } from '../saved-searches/feeds.ts';
import { clientSignal } from '../http/client-signal.ts';

/** `/saved`, the form that saves, and the short link `/s/:id`. */
export function savedPageRoutes(context: ServerContext): Router {
  const { store, publicUrl, sendPage, quotaClient } = context;
  const intents = createIntents(context);
  const matches = createMatches(context);
  const write = createRequestWriter(store);
  const router = Router();

  router.get('/saved', (request, response) => {
    sendPage(request, response, (shell) => savedPage(shell));
  });

  router.post('/saved', async (request, response) => {
    const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
    try {
      const { name, query } = savedSearchInputSchema.parse(body);
      const input = { name, ...intents.read(query), arrived: matches.arrived() };
      const client = quotaClient(request);
      const made = await write(() => saveSearch(store, input, client), response);
      const saved = describeSavedSearch(made.saved, publicAddress(request, publicUrl));
      response.status(201).set('Cache-Control', 'no-store');
      sendPage(request, response, (shell) => savedCreatedPage(shell, { saved, token: made.token }));
    } catch (error) {
      const answer = toErrorAnswer(error);
      if (answer.status !== 400) throw error;
      const problems =
        error instanceof ZodError ? error.issues.map(({ message }) => message) : [answer.message];
      const typed = (field: unknown) => (typeof field === 'string' ? field : '');
      response.status(400);
      sendPage(request, response, (shell) =>
        savedPage(shell, {
          rejected: { problems, name: typed(body['name']), query: typed(body['query']) },
        }),
      );
    }
  });

  router.get('/s/:id', (request, response) => {
    const saved = requireSavedSearch(store, request.params.id);
    // Found: what the search means may be another address tomorrow.
    response.redirect(302, searchHref(intents.open(saved)));
  });

  return router;
}

/** `/s/:id/feed.atom` and `/s/:id/feed.json`, with ETag and Last-Modified. */
export function feedRoutes(context: ServerContext): Router {
  const { store, publicUrl } = context;
  const intents = createIntents(context);
  const matches = createMatches(context);
  const router = Router();

  router.get('/:id/feed.:format', async (request, response) => {
    const { id, format } = request.params;
    if (format !== 'atom' && format !== 'json')
      throw new HttpError(404, 'not-found', '订阅源只有 feed.atom 与 feed.json 两种');
    const saved = requireSavedSearch(store, id);
    const latest = await matches.latest(intents.open(saved), MAX_ENTRIES, clientSignal(response));
    const address = publicAddress(request, publicUrl);
    const { body, contentType, updated } = writeFeed(
      format,
      describeSavedSearch(saved, address),
      latest,
      address,
    );
    response.set({
      'Content-Type': contentType,
      'Last-Modified': updated.toUTCString(),
      'Cache-Control': 'no-cache',
    });
    response.send(body);
  });

  return router;
}
