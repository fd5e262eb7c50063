import type { Gazetteer } from '../../config/gazetteer.ts';
import { articlesByGroup } from '../../indexer/store/article-parks.ts';
import type { Store } from '../../indexer/store/database.ts';
import { oncePerChange } from './once-per-change.ts';

export interface ProvinceArticles {
  readonly province: string;
  /** Articles that name a park of the province, each counted once. */
  readonly articles: number;
}

/** How much is written about the parks of each province, most first. */
export function createProvinceCounts(
  store: Store,
  { parks }: Gazetteer,
): () => readonly ProvinceArticles[] {
  const provinceOf = new Map(parks.map(({ id, province }) => [id, province]));
  return oncePerChange(store, () =>
    articlesByGroup(store, provinceOf).map(({ group, articles }) => ({
      province: group,
      articles,
    })),
  );
}
