import type { Gazetteer, Park } from '../config/gazetteer.ts';
import { parkTypeLabel } from '../config/gazetteer.ts';
import { normaliseText } from '../indexer/analyzer/normalised-text.ts';
import { parkCounts } from '../indexer/store/articles.ts';
import { latestSeq } from '../indexer/store/changes.ts';
import type { Store } from '../indexer/store/database.ts';
import type { ParkSummary } from './api/park-schema.ts';

/** The parks that the corpus names, most-covered first; counted anew only after the corpus changed. */
export function createParkList(store: Store, gazetteer: Gazetteer): () => readonly ParkSummary[] {
  let countedAt = -1;
  let parks: readonly ParkSummary[] = [];
  return () => {
    const seq = latestSeq(store);
    if (seq !== countedAt) {
      parks = parkCounts(store).map(({ id, name, articles }) =>
        summarise(gazetteer.byId.get(id), id, name, articles),
      );
      countedAt = seq;
    }
    return parks;
  };
}

function summarise(
  park: Park | undefined,
  id: string,
  name: string,
  articles: number,
): ParkSummary {
  return {
    id,
    name: park?.name ?? name,
    fullName: park?.fullName ?? name,
    type: park?.type ?? '',
    typeLabel: park === undefined ? '未列入名录' : parkTypeLabel(park.type),
    province: park?.province ?? '',
    city: park?.city ?? '',
    listed: park !== undefined,
    articles,
  };
}

/** The parks of the list whose names, aliases or places contain the text; all of them for an empty text. */
export function findParks(
  parks: readonly ParkSummary[],
  gazetteer: Gazetteer,
  typed: string,
): ParkSummary[] {
  const wanted = normaliseText(typed).text.trim();
  if (wanted === '') return [...parks];
  return parks.filter((park) => {
    const known = gazetteer.byId.get(park.id);
    const names = [
      ...[park.name, park.fullName, park.province, park.city],
      ...(known?.aliases ?? []),
      ...(known?.ambiguousAliases ?? []),
      ...(known?.formerNames.map(({ name }) => name) ?? []),
    ];
    return (
      names.some((name) => name.includes(wanted)) ||
      park.id.replaceAll('-', '').startsWith(wanted.replace(/\s/g, ''))
    );
  });
}
