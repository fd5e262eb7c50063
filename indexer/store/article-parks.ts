import { allRows, allValues, type Store } from './database.ts';

export interface ParkCount {
  /** Gazetteer id, or `unlisted:` and a name. */
  readonly id: string;
  readonly articles: number;
}

/** How many articles name each park, most first. */
export function parkCounts(store: Store): ParkCount[] {
  return allRows(
    store,
    'SELECT park AS id, count(*) AS articles FROM article_parks GROUP BY park ORDER BY articles DESC, id',
  );
}

/** The parks that articles on this one name as well, with the number of those articles; most first. */
export function coMentionedParks(store: Store, park: string, limit: number): ParkCount[] {
  return allRows(
    store,
    `SELECT other.park AS id, count(*) AS articles
     FROM article_parks AS one JOIN article_parks AS other ON other.doc = one.doc
     WHERE one.park = ? AND other.park <> one.park
     GROUP BY other.park ORDER BY articles DESC, id LIMIT ?`,
    park,
    limit,
  );
}

/** Document ids of the articles that name the park, in the order they were taken in. */
export function docsNaming(store: Store, park: string): number[] {
  return allValues(store, 'SELECT doc FROM article_parks WHERE park = ? ORDER BY doc', park);
}

/** How many articles name a park of each group, most first; parks without a group do not count. */
export function articlesByGroup(
  store: Store,
  groupOf: ReadonlyMap<string, string>,
): { group: string; articles: number }[] {
  return allRows(
    store,
    `SELECT placed.value AS "group", count(DISTINCT doc) AS articles
     FROM json_each(?) AS placed JOIN article_parks ON article_parks.park = placed.key
     GROUP BY 1 ORDER BY articles DESC, 1`,
    JSON.stringify(Object.fromEntries(groupOf)),
  );
}
