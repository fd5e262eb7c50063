import { parkTypeLabel, type Gazetteer } from '../../config/gazetteer.ts';
import { memoizeByVersion } from '../../indexer/core/caches.ts';
import { articlesByGroup, parkCounts } from '../../indexer/store/article-parks.ts';
import { latestSeq } from '../../indexer/store/changes.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { ParkSummary } from '../api/park-schema.ts';
import { EMPTY_REQUEST } from '../html/search-links.ts';
import type { Clause } from '../search/clause.ts';
import { facetLabel } from '../search/facets.ts';
import { createFinder } from '../search/search.ts';
import type { PeriodCounts, Step } from './periods.ts';

/** The parks that the corpus names, most-covered first. */
export function createParkList(store: Store, gazetteer: Gazetteer): () => readonly ParkSummary[] {
  const summarise = ({ id, articles }: { id: string; articles: number }): ParkSummary => {
    const park = gazetteer.byId.get(id);
    const name = facetLabel('park', id, gazetteer);
    return {
      id,
      name,
      fullName: park?.fullName ?? name,
      type: park?.type ?? '',
      typeLabel: park === undefined ? '未列入名录' : parkTypeLabel(park.type),
      province: park?.province ?? '',
      city: park?.city ?? '',
      listed: park !== undefined,
      articles,
    };
  };
  return memoizeByVersion(
    () => latestSeq(store),
    () => parkCounts(store).map(summarise),
  );
}

/** How many articles name a park of each province, each counted once; most first. */
export function createProvinceCounts(store: Store, { parks }: Gazetteer) {
  const provinceOf = new Map(parks.map(({ id, province }) => [id, province]));
  return memoizeByVersion(
    () => latestSeq(store),
    () =>
      articlesByGroup(store, provinceOf).map(({ group, articles }) => ({
        province: group,
        articles,
      })),
  );
}

/** How many articles name a park and fit the clauses, in all and over time; exactly as a search counts them. */
export function createStoryCounts(deps: Parameters<typeof createFinder>[0]) {
  const find = createFinder(deps);
  return async function countStories(
    clauses: readonly Clause[],
    park: string,
    signal?: AbortSignal,
  ): Promise<Readonly<Record<Step, PeriodCounts>> & { readonly total: number }> {
    // Sorted by date, a search never gives up words of its query, as one by relevance may.
    const request = { ...EMPTY_REQUEST, park: [park], sort: 'newest' as const, size: 1 };
    const { total, facets } = await find({ clauses, asks: false }, request, signal);
    return { total, year: facets['year'] ?? {}, month: facets['month'] ?? {} };
  };
}
