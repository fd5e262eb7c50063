import type { Meilisearch, Settings } from 'meilisearch';
import { indexSettings } from '../../config/index-settings.ts';
import { isIndexMissing } from './engine-error.ts';
import { sendDocuments } from './send-documents.ts';
import { waitForTask } from './wait-for-task.ts';

/** The name of an engine that is the only one. */
export const ONLY_NODE = '';

/** Meilisearch refuses more than 100 MB when it is started without a limit of its own. */
const ANY_ENGINE_TAKES = 90_000_000;

/** Something that the engine has been told to do: waits until it is done; rejects when it is refused. */
export type PendingTask = (signal?: AbortSignal) => Promise<void>;

/** An engine that holds the documents of articles, as those see it that write and check indexes. */
export interface IndexEngine {
  /** Its address when there are several, {@link ONLY_NODE} otherwise. */
  readonly name: string;
  /** Bytes of documents that it takes in one request. */
  readonly takesAtOnce: number;
  /** Makes an empty index. */
  readonly create: (uid: string) => Promise<void>;
  /** The engine changes its settings in one go: a search sees those before or those after. */
  readonly configure: (uid: string, settings: Settings) => Promise<void>;
  /** Removes an index if there is one. */
  readonly drop: (uid: string) => Promise<void>;
  /** The number of documents; null when there is no such index. */
  readonly count: (uid: string) => Promise<number | null>;
  /** Adds documents, given as gzipped pieces of lines of JSON, in one go; makes no index for them. */
  readonly add: (uid: string, pieces: readonly Uint8Array[]) => Promise<PendingTask>;
  /** Removes documents: those of these numbers, or those that fit a filter. */
  readonly remove: (uid: string, which: readonly number[] | string) => Promise<PendingTask>;
  /** What part of what it is at work on it has done, 0 to 1; null between two batches. */
  readonly progress: () => Promise<number | null>;
  /** How many tasks wait or are being worked on. */
  readonly queueLength: () => Promise<number>;
  /** The documents as the index holds them, in any order. */
  readonly read: (uid: string, docs: readonly number[]) => Promise<Record<string, unknown>[]>;
  /** What each of some questions finds, every word of which must be there. */
  readonly search: (uid: string, questions: readonly IndexQuestion[]) => Promise<unknown[]>;
}

interface IndexQuestion {
  readonly q: string;
  readonly filter?: string;
  readonly limit: number;
}

/** A Meilisearch as the place of indexes. */
export function createIndexEngine({
  name,
  takesAtOnce = ANY_ENGINE_TAKES,
  admin,
  documents,
}: {
  readonly name: string;
  readonly takesAtOnce?: number;
  /** With the admin key. */
  readonly admin: Meilisearch;
  /** With the key that makes no index for documents that come late. */
  readonly documents: Meilisearch;
}): IndexEngine {
  async function count(uid: string): Promise<number | null> {
    try {
      return (await admin.index(uid).getStats()).numberOfDocuments;
    } catch (error) {
      if (isIndexMissing(error)) return null;
      throw error;
    }
  }

  const pending =
    (task: { readonly taskUid: number }): PendingTask =>
    async (signal) => {
      await waitForTask(documents, task, { signal });
    };

  return {
    name,
    takesAtOnce,
    count,
    async create(uid) {
      await waitForTask(admin, await admin.createIndex(uid, { primaryKey: 'doc' }));
    },
    async configure(uid, settings) {
      await waitForTask(admin, await admin.index(uid).updateSettings(settings));
    },
    async drop(uid) {
      if ((await count(uid)) !== null) await waitForTask(admin, await admin.deleteIndex(uid));
    },
    add: async (uid, pieces) => pending(await sendDocuments(documents, uid, pieces)),
    async remove(uid, which) {
      const params = typeof which === 'string' ? { filter: which } : [...which];
      return pending(await documents.index(uid).deleteDocuments(params));
    },
    async progress() {
      const { results } = await documents.batches.getBatches({
        statuses: ['processing'],
        limit: 1,
      });
      const percentage = results[0]?.progress?.percentage;
      return percentage === undefined ? null : percentage / 100;
    },
    async queueLength() {
      const statuses = ['enqueued', 'processing'] as const;
      return (await admin.tasks.getTasks({ statuses: [...statuses], limit: 1 })).total;
    },
    async read(uid, docs) {
      const filter = `doc IN [${docs.join(',')}]`;
      return (await admin.index(uid).getDocuments({ filter, limit: docs.length })).results;
    },
    async search(uid, questions) {
      const { results } = await admin.multiSearch({
        queries: questions.map((question) => ({
          ...question,
          indexUid: uid,
          matchingStrategy: 'all' as const,
        })),
      });
      return results;
    },
  };
}

/** Whether articles are spread over engines by their ids. */
export function areSharded(nodes: readonly IndexEngine[]): boolean {
  return nodes.some(({ name }) => name !== ONLY_NODE);
}

/** How many documents an index has on all these engines; null when one of them has no such index. */
export async function countDocuments(
  nodes: readonly IndexEngine[],
  uid: string,
): Promise<number | null> {
  const counts = await Promise.all(nodes.map((node) => node.count(uid)));
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}

/** Makes an empty index on each of them, with all settings. */
export async function createIndex(nodes: readonly IndexEngine[], uid: string): Promise<void> {
  await Promise.all(nodes.map((node) => node.create(uid)));
  await configureIndex(nodes, uid);
}

/** Gives an index on each of them the settings that are ours today. */
export async function configureIndex(nodes: readonly IndexEngine[], uid: string): Promise<void> {
  const settings = indexSettings(areSharded(nodes));
  await Promise.all(nodes.map((node) => node.configure(uid, settings)));
}

/** Removes an index wherever it is. */
export async function dropIndex(nodes: readonly IndexEngine[], uid: string): Promise<void> {
  await Promise.all(nodes.map((node) => node.drop(uid)));
}
