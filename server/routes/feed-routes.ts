import { Router } from 'express';
import type { ServerContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import { MAX_ENTRIES, writeFeed } from '../saved-searches/feeds.ts';
import { createMatches } from '../saved-searches/matches.ts';
import { createIntents } from '../saved-searches/saved-intent.ts';
import { clientSignal } from '../http/client-signal.ts';
import { publicAddress } from '../http/public-address.ts';
import { describeSavedSearch, requireSavedSearch } from './saved-search-routes.ts';

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
