import { Router } from 'express';
import { loadProvinceTiles } from '../../config/province-tiles.ts';
import {
  searchRequestSchema,
  type FacetValue,
  type SearchRequest,
  type SearchResponse,
} from '../api/search-schema.ts';
import type { ServerContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import { stepSchema } from '../pages/compare-request.ts';
import { parkPage, type ParkHistory } from '../pages/park-page.ts';
import { parksPage } from '../pages/parks-page.ts';
import { parksRequestSchema } from '../pages/parks-table.ts';
import { createParkFinder } from '../parks/find-parks.ts';
import { createParkList, createProvinceCounts } from '../parks/park-counts.ts';
import { createParkProfiles } from '../parks/park-profiles.ts';
import { everyPeriod, fittingStep, type PeriodCounts, type Step } from '../parks/periods.ts';
import type { Search } from '../search/answer-search.ts';
import { facetLabel } from '../search/facets.ts';
import { clientSignal } from '../http/client-signal.ts';

const LATEST = 10;

/** `/parks` and `/parks/:id`. */
export function parkRoutes(context: ServerContext, search: Search): Router {
  const { store, gazetteer, sendPage } = context;
  const findParks = createParkFinder(context);
  const parkList = createParkList(store, gazetteer);
  const provinceCounts = createProvinceCounts(store, gazetteer);
  const profileOf = createParkProfiles(context);
  const tiles = loadProvinceTiles();
  const router = Router();

  router.get('/', (request, response) => {
    const asked = parksRequestSchema.parse(request.query);
    const all = parkList();
    const provinces = provinceCounts().map(({ province, articles }) => ({
      province,
      articles,
      parks: all.filter((park) => park.province === province).length,
    }));
    sendPage(request, response, (shell) =>
      parksPage(shell, { request: asked, parks: findParks(all, asked.q), tiles, provinces }),
    );
  });

  router.get('/:id', async (request, response) => {
    const { id } = request.params;
    const by = stepSchema.parse(request.query['by']);
    const park = parkList().find((one) => one.id === id);
    if (park === undefined)
      throw new HttpError(404, 'not-found', '文章里没有提到这个园区，或编号有误');
    const about: SearchRequest = searchRequestSchema.parse({
      park: id,
      sort: 'newest',
      size: LATEST,
    });
    const [found, profile] = await Promise.all([
      search(about, clientSignal(response)),
      profileOf(id),
    ]);
    const known = gazetteer.byId.get(id);
    sendPage(request, response, (shell) =>
      parkPage(shell, {
        park,
        aliases: known?.aliases ?? [],
        formerNames: known?.formerNames ?? [],
        note: known?.note ?? null,
        history: historyOf(found, by),
        words: profile.words,
        sampled: profile.sampled,
        beside: profile.beside.map(({ id: other, articles }) => ({
          id: other,
          name: facetLabel('park', other, gazetteer),
          count: articles,
        })),
        sources: found.facets.source.map(({ label, count }) => ({ name: label, count })),
        latest: found.hits,
      }),
    );
  });

  return router;
}

function historyOf({ facets }: SearchResponse, by: Step | undefined): ParkHistory {
  const countsOf = (values: readonly FacetValue[]): PeriodCounts =>
    Object.fromEntries(values.map(({ value, count }) => [value, count]));
  const step = by ?? fittingStep([countsOf(facets.year)]);
  const counts = countsOf(facets[step]);
  return {
    step,
    periods: everyPeriod([counts]).map((period) => ({ period, count: counts[period] ?? 0 })),
  };
}
