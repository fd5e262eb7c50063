import type { Request } from 'express';
import { json, Router } from 'express';
import type { SavedSearchResponse } from '../api/saved-search-schema.ts';
import { savedSearchChangeSchema, savedSearchInputSchema } from '../api/saved-search-schema.ts';
import type { ServerContext } from '../context.ts';
import { HttpError } from '../http-error.ts';
import type { SavedSearch } from '../saved-searches/saved-searches.ts';
import {
  changeSavedSearch,
  deleteSavedSearch,
  findSavedSearch,
  ownsSavedSearch,
  saveSearch,
} from '../saved-searches/saved-searches.ts';
import { checkSavedQuery } from '../saved-searches/saved-query.ts';
import { publicAddress } from './public-address.ts';

/** `/api/saved-searches`: anyone may save and read; changes need the token told at saving. */
export function savedSearchRoutes({ store, publicUrl }: ServerContext): Router {
  const router = Router();
  router.use(json({ limit: '32kb' }));

  const describe = (request: Request, saved: SavedSearch) =>
    describeSavedSearch(saved, publicAddress(request, publicUrl));

  router.post('/', (request, response) => {
    const input = savedSearchInputSchema.parse(request.body);
    const { saved, token } = saveSearch(store, {
      ...input,
      query: checkSavedQuery(input.query),
    });
    response.status(201).json({ ...describe(request, saved), token });
  });

  router.get('/:id', (request, response) => {
    response.json(describe(request, requireSavedSearch(store, request.params.id)));
  });

  router.patch('/:id', (request, response) => {
    const saved = requireOwned(request.params.id, request);
    const { name, query } = savedSearchChangeSchema.parse(request.body);
    const changed = changeSavedSearch(store, saved, {
      name,
      query: query === undefined ? undefined : checkSavedQuery(query),
    });
    response.json(describe(request, changed));
  });

  router.delete('/:id', (request, response) => {
    deleteSavedSearch(store, requireOwned(request.params.id, request).id);
    response.status(204).end();
  });

  function requireOwned(id: string, request: Request): SavedSearch {
    const saved = requireSavedSearch(store, id);
    const token = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
    if (token === undefined || !ownsSavedSearch(store, id, token))
      throw new HttpError(403, 'wrong-token', '口令不对：只有保存时得到的口令才能修改或删除');
    return saved;
  }

  return router;
}

/** The saved search of that id; 404 when there is none. */
export function requireSavedSearch(store: ServerContext['store'], id: string): SavedSearch {
  const saved = findSavedSearch(store, id);
  if (saved === null) throw new HttpError(404, 'not-found', '没有这个保存的检索，也许已被删除');
  return saved;
}

/** A saved search with the addresses that open and follow it. */
export function describeSavedSearch(saved: SavedSearch, address: string): SavedSearchResponse {
  const link = `${address}/s/${saved.id}`;
  return { ...saved, link, feedAtom: `${link}/feed.atom`, feedJson: `${link}/feed.json` };
}
