import type { Meilisearch } from 'meilisearch';
import { MeilisearchApiError } from 'meilisearch';
import { indexSettings } from '../../config/index-settings.ts';
import { waitForTask } from './wait-for-task.ts';

/** The name of an engine that is the only one. */
export const ONLY_NODE = '';

/** An engine that holds articles, with the clients that write to it. */
export interface IndexNode {
  /** Its address when there are several, {@link ONLY_NODE} otherwise. */
  readonly name: string;
  /** With the admin key. */
  readonly admin: Meilisearch;
  /** With the key that makes no index for documents that come late. */
  readonly documents: Meilisearch;
  /** Bytes of documents that it takes in one request; {@link ANY_ENGINE_TAKES} unless given. */
  readonly takesAtOnce?: number;
}

/** Meilisearch refuses more than 100 MB when it is started without a limit of its own. */
export const ANY_ENGINE_TAKES = 90_000_000;

/** Whether articles are spread over engines by their ids. */
export function areSharded(nodes: readonly IndexNode[]): boolean {
  return nodes.some(({ name }) => name !== ONLY_NODE);
}

/** How many documents an index has on all these engines; null when one of them has no such index. */
export async function countDocuments(
  nodes: readonly IndexNode[],
  uid: string,
): Promise<number | null> {
  const counts = await Promise.all(nodes.map(({ admin }) => countOn(admin, uid)));
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}

/** Makes an empty index on each of them, with all settings. */
export async function createIndex(nodes: readonly IndexNode[], uid: string): Promise<void> {
  await onEach(nodes, async ({ admin }) => {
    await waitForTask(admin, await admin.createIndex(uid, { primaryKey: 'doc' }));
  });
  await configureIndex(nodes, uid);
}

/** An engine changes its settings in one go: a search sees those before or those after. */
export function configureIndex(nodes: readonly IndexNode[], uid: string): Promise<void> {
  const settings = indexSettings(areSharded(nodes));
  return onEach(nodes, async ({ admin }) => {
    await waitForTask(admin, await admin.index(uid).updateSettings(settings));
  });
}

/** Removes an index wherever it is. */
export function dropIndex(nodes: readonly IndexNode[], uid: string): Promise<void> {
  return onEach(nodes, async ({ admin }) => {
    if ((await countOn(admin, uid)) !== null)
      await waitForTask(admin, await admin.deleteIndex(uid));
  });
}

/** Whether the engine says that there is no such index. */
export function isIndexMissing(error: unknown): boolean {
  return error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found';
}

async function onEach(
  nodes: readonly IndexNode[],
  work: (node: IndexNode) => Promise<void>,
): Promise<void> {
  await Promise.all(nodes.map(work));
}

async function countOn(client: Meilisearch, uid: string): Promise<number | null> {
  try {
    return (await client.index(uid).getStats()).numberOfDocuments;
  } catch (error) {
    if (isIndexMissing(error)) return null;
    throw error;
  }
}
