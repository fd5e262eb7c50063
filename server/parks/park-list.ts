import type { Gazetteer } from '../../config/gazetteer.ts';
import { parkTypeLabel } from '../../config/gazetteer.ts';
import type { ParkCount } from '../../indexer/store/article-parks.ts';
import { parkCounts } from '../../indexer/store/article-parks.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { ParkSummary } from '../api/park-schema.ts';
import { facetLabel } from '../search/facets.ts';
import { oncePerChange } from './once-per-change.ts';

/** The parks that the corpus names, most-covered first. */
export function createParkList(store: Store, gazetteer: Gazetteer): () => readonly ParkSummary[] {
  return oncePerChange(store, () => parkCounts(store).map((count) => summarise(count, gazetteer)));
}

function summarise({ id, articles }: ParkCount, gazetteer: Gazetteer): ParkSummary {
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
}
