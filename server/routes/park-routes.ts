import { Router } from 'express';
import type { SearchRequest } from '../api/search-schema.ts';
import { searchRequestSchema } from '../api/search-schema.ts';
import type { ServerContext } from '../context.ts';
import { HttpError } from '../http-error.ts';
import { pageShell } from '../pages/page-shell.ts';
import { parkPage } from '../pages/park-page.ts';
import { parksPage } from '../pages/parks-page.ts';
import { parksRequestSchema } from '../pages/parks-table.ts';
import { createParkList } from '../parks.ts';
import { createSearch } from '../search/answer-search.ts';
import { clientSignal } from './client-signal.ts';

const LATEST = 10;

/** `/parks` and `/parks/:id`. */
export function parkRoutes(context: ServerContext): Router {
  const { store, gazetteer, assets } = context;
  const shell = pageShell(assets);
  const search = createSearch(context);
  const parkList = createParkList(store, gazetteer);
  const router = Router();

  router.get('/', (request, response) => {
    const asked = parksRequestSchema.parse(request.query);
    response.type('html').send(parksPage(shell, { request: asked, parks: parkList() }));
  });

  router.get('/:id', async (request, response) => {
    const { id } = request.params;
    const park = parkList().find((one) => one.id === id);
    if (park === undefined)
      throw new HttpError(404, 'not-found', '文章里没有提到这个园区，或编号有误');
    const about: SearchRequest = searchRequestSchema.parse({
      park: id,
      sort: 'newest',
      size: LATEST,
    });
    const found = await search(about, clientSignal(response));
    const known = gazetteer.byId.get(id);
    response.type('html').send(
      parkPage(shell, {
        park,
        aliases: known?.aliases ?? [],
        formerNames: known?.formerNames ?? [],
        note: known?.note ?? null,
        years: everyYear(found.facets.year),
        sources: found.facets.source.map(({ label, count }) => ({ name: label, count })),
        latest: found.hits,
      }),
    );
  });

  return router;
}

/** Counts for every year between the first and the last, with 0 where nothing was written. */
function everyYear(
  counted: readonly { readonly value: string; readonly count: number }[],
): { year: string; count: number }[] {
  const counts = new Map(counted.map(({ value, count }) => [Number(value), count]));
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  if (counts.size === 0) return [];
  return Array.from({ length: last - first + 1 }, (_, offset) => ({
    year: String(first + offset),
    count: counts.get(first + offset) ?? 0,
  }));
}
