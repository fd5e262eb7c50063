import { Router, type Request } from 'express';
import type { Store } from '../../indexer/store/database.ts';
import {
  newsRequestSchema,
  savedSearchChangeSchema,
  savedSearchInputSchema,
  type SavedSearchResponse,
} from '../api/saved-search-schema.ts';
import { noteFailedLogin, timingSafeEqual } from '../http/access/credentials.ts';
import { createRequestWriter, type ServerContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import { createMatches } from '../saved-searches/matches.ts';
import { createIntents } from '../saved-searches/saved-intent.ts';
import {
  changeSavedSearch,
  deleteSavedSearch,
  findSavedSearch,
  ownsSavedSearch,
  restoreSavedSearch,
  saveSearch,
  type SavedSearch,
} from '../saved-searches/saved-searches.ts';
import { clientSignal } from '../http/client-signal.ts';
import { publicAddress } from '../http/public-address.ts';

/** `/api/saved-searches`: anyone may save and read; changes need the token told at saving. */
export function savedSearchRoutes(context: ServerContext): Router {
  const { store, publicUrl, quotaClient } = context;
  const intents = createIntents(context);
  const matches = createMatches(context);
  const write = createRequestWriter(store);
  const router = Router();

  const describe = (request: Request, saved: SavedSearch) =>
    describeSavedSearch(saved, publicAddress(request, publicUrl));

  router.post('/', async (request, response) => {
    const { name, query } = savedSearchInputSchema.parse(request.body);
    const input = { name, ...intents.read(query), arrived: matches.arrived() };
    const client = quotaClient(request);
    const { saved, token } = await write(() => saveSearch(store, input, client), response);
    response.status(201).json({ ...describe(request, saved), token });
  });

  router.get('/:id', (request, response) => {
    response.json(describe(request, requireSavedSearch(store, request.params.id)));
  });

  router.get('/:id/news', async (request, response) => {
    const saved = requireSavedSearch(store, request.params.id);
    const { since = saved.arrived } = newsRequestSchema.parse(request.query);
    // Before counting: what arrives meanwhile is counted now and once more, rather than never.
    const arrived = matches.arrived();
    const count = await matches.countAfter(intents.open(saved), since, clientSignal(response));
    response.set('Cache-Control', 'no-store').json({ since, count, arrived });
  });

  router.patch('/:id', async (request, response) => {
    const saved = requireOwned(context, request);
    const { name, query } = savedSearchChangeSchema.parse(request.body);
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(query === undefined ? {} : intents.read(query)),
    };
    const changed = await write(() => changeSavedSearch(store, saved, change), response);
    response.json(describe(request, changed));
  });

  router.delete('/:id', async (request, response) => {
    const { id } = requireOwned(context, request);
    await write(() => deleteSavedSearch(store, id), response);
    response.status(204).end();
  });

  router.post('/:id/restore', async (request, response) => {
    const { id } = request.params;
    const isOwner = holdsToken(context, request);
    const restored = isOwner ? await write(() => restoreSavedSearch(store, id), response) : null;
    if (restored === null) throw new HttpError(404, 'not-found', '没有可以恢复的检索，或口令不对');
    response.json(describe(request, restored));
  });

  return router;
}

/** The saved search of that id; 404 when there is none. */
export function requireSavedSearch(store: Store, id: string): SavedSearch {
  const saved = findSavedSearch(store, id);
  if (saved === null) throw new HttpError(404, 'not-found', '没有这个保存的检索，也许已被删除');
  return saved;
}

type Owning = Pick<ServerContext, 'store' | 'adminToken'>;

/**
 * The saved search that the request names, when it holds the search's token or `ADMIN_TOKEN`; 404 or 403
 * otherwise.
 */
export function requireOwned(owning: Owning, request: Request<{ id: string }>): SavedSearch {
  const saved = requireSavedSearch(owning.store, request.params.id);
  if (!holdsToken(owning, request)) throw wrongToken();
  return saved;
}

/** The 403 for whoever does not have the saved search's token. */
export function wrongToken(): HttpError {
  return new HttpError(403, 'wrong-token', '口令不对：只有保存时得到的口令才能修改或删除');
}

function holdsToken(owning: Owning, request: Request<{ id: string }>): boolean {
  const token = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
  if (token === undefined) return false;
  const isOwner = mayChange(owning, request.params.id, token);
  if (!isOwner) noteFailedLogin(request);
  return isOwner;
}

/** Whether the token is the saved search's own or `ADMIN_TOKEN`. */
export function mayChange({ store, adminToken }: Owning, id: string, token: string): boolean {
  if (adminToken !== undefined && timingSafeEqual(token, adminToken)) return true;
  return ownsSavedSearch(store, id, token);
}

/** A saved search with the addresses that open and follow it. */
export function describeSavedSearch(
  { id, name, query, arrived, createdAt, updatedAt }: SavedSearch,
  address: string,
): SavedSearchResponse {
  const link = `${address}/s/${id}`;
  return {
    id,
    name,
    query,
    link,
    feedAtom: `${link}/feed.atom`,
    feedJson: `${link}/feed.json`,
    arrived,
    createdAt,
    updatedAt,
  };
}
