import type { Meilisearch } from 'meilisearch';
import { MeilisearchApiError } from 'meilisearch';
import { countArticles } from '../store/articles.ts';
import { latestSeq } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import { haveSameDocuments } from './index-fingerprint.ts';
import type { IndexRecord } from './index-registry.ts';

/** Why an index cannot stay as it is. */
export type IndexFault =
  /** Its documents are what they should be; the engine can apply the new settings by itself. */
  | { readonly type: 'settings' }
  /** Whole, but made with other words or parks: good enough until there is a new one; or by other rules. */
  | { readonly type: 'outdated'; readonly reason: string }
  /** Missing, or not whole. */
  | { readonly type: 'broken'; readonly reason: string };

/** What is wrong with an index that should be of this fingerprint; null when nothing is. */
export async function findIndexFault(
  client: Meilisearch,
  store: Store,
  index: IndexRecord,
  fingerprint: string,
): Promise<IndexFault | null> {
  const documents = await countDocuments(client, index.uid);
  if (documents === null) return { type: 'broken', reason: '引擎里没有这个索引' };
  // Before all changes are in, the numbers differ for good reason.
  const isCaughtUp = index.appliedSeq === latestSeq(store);
  const articles = countArticles(store);
  if (isCaughtUp && documents !== articles)
    return { type: 'broken', reason: `索引里有 ${documents} 篇，文章库里有 ${articles} 篇` };
  if (!haveSameDocuments(index.fingerprint, fingerprint))
    return { type: 'outdated', reason: '词表、名录或分词已变' };
  return index.fingerprint === fingerprint ? null : { type: 'settings' };
}

/** How many documents an index has; null when there is no such index. */
export async function countDocuments(client: Meilisearch, uid: string): Promise<number | null> {
  try {
    return (await client.index(uid).getStats()).numberOfDocuments;
  } catch (error) {
    if (isIndexMissing(error)) return null;
    throw error;
  }
}

/** Whether the engine says that there is no such index. */
export function isIndexMissing(error: unknown): boolean {
  return error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found';
}
