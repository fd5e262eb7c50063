import { once } from 'node:events';
import { Router } from 'express';
import { exportFormats } from '../../indexer/export/export-formats.ts';
import { searchRequestSchema } from '../api/search-schema.ts';
import { exportFormatSchema } from '../api/small-schemas.ts';
import type { ServerContext } from '../context.ts';
import { createFinder } from '../search/search.ts';
import { createSearchResolver } from '../search/resolve-search.ts';
import { clientSignal } from './client-signal.ts';

const ROWS_AT_ONCE = 50;

/** `GET /api/export`: every hit of a search, streamed. */
export function exportRoutes(context: ServerContext): Router {
  const find = createFinder(context);
  const resolve = createSearchResolver(context);
  const router = Router();

  router.get('/', async (request, response) => {
    const given = searchRequestSchema.parse({ ...request.query, size: ROWS_AT_ONCE, page: 1 });
    // A whole list needs no ranking, which would be done again for every page of it.
    const asked = { ...given, sort: given.sort === 'relevance' ? ('newest' as const) : given.sort };
    const { format } = exportFormatSchema.parse(request.query);
    const signal = clientSignal(response);
    const resolved = await resolve(asked, signal);
    const { clauses } = resolved.understood;
    let { found } = resolved;
    const { contentType, head, row } = exportFormats[format];
    response.set({
      'Content-Type': contentType,
      'Content-Disposition': `attachment; filename="articles.${format}"`,
    });
    response.write(head);
    for (let page = 1; ; page += 1) {
      const more = response.write(found.articles.map(row).join(''));
      if (!more) await once(response, 'drain', { signal });
      if (page * ROWS_AT_ONCE >= found.total) break;
      found = await find(clauses, { ...asked, page: page + 1 }, signal);
    }
    response.end();
  });

  return router;
}
