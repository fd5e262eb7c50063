import type { Meilisearch } from 'meilisearch';
import { MeilisearchApiError } from 'meilisearch';
import { indexSettings } from '../../config/index-settings.ts';
import type { BuiltDocument } from '../documents/engine-document.ts';
import { waitForTask } from '../engine/wait-for-task.ts';
import { countArticles } from '../store/articles.ts';
import { countChangesAfter, latestSeq } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import { forgetGrams } from '../store/gram-postings.ts';
import { tryLock, waitForLock } from '../store/process-lock.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import { forgetVocabulary } from '../store/vocabulary.ts';
import type { IndexRecord } from './index-registry.ts';
import {
  activateIndex,
  activeIndex,
  forgetIndex,
  growingIndex,
  recordApplied,
  registerIndex,
} from './index-registry.ts';
import type { PushProgress } from './push-changes.ts';
import { pushChanges } from './push-changes.ts';

const LOCK = 'push';

export interface IndexKeeperOptions {
  readonly store: Store;
  readonly dataDir: string;
  /** With the admin key. */
  readonly client: Meilisearch;
  readonly buildDocument: (article: StoredArticle) => BuiltDocument;
  readonly fingerprint: string;
  /** What index names begin with. */
  readonly prefix?: string;
  readonly say: (message: string) => void;
  readonly onProgress?: (progress: PushProgress) => void;
}

/** Keeps the index in step with the store. Only one process at a time pushes; the others wait or leave it. */
export interface IndexKeeper {
  /** Brings the index up to date, building a new one when it is missing, foreign, damaged or out of date. */
  readonly bringUpToDate: (signal?: AbortSignal) => Promise<void>;
  /** The same, unless another process is at it or nothing has changed; returns whether it did anything. */
  readonly followChanges: (signal?: AbortSignal) => Promise<boolean>;
  /** A fresh index from the store, put in place of the old one when it is whole. */
  readonly rebuild: (signal?: AbortSignal) => Promise<void>;
}

export function createIndexKeeper(options: IndexKeeperOptions): IndexKeeper {
  const { store, dataDir, client, fingerprint, say, prefix = 'articles' } = options;

  async function locked<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const lock = await waitForLock(
      dataDir,
      LOCK,
      () => say('另一个进程正在写索引，等它完成'),
      signal,
    );
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  async function update(signal?: AbortSignal): Promise<void> {
    const index = activeIndex(store);
    const fault = index === null ? '还没有索引' : await findFault(index);
    if (index === null || fault !== null) {
      if (countArticles(store) > 0) say(`${fault ?? ''}，从文章库重建`);
      await build(signal);
    } else {
      await push(index, signal);
    }
  }

  async function findFault(index: IndexRecord): Promise<string | null> {
    if (index.fingerprint !== fingerprint) return '词表、名录、分词或索引设置已变';
    const documents = await countDocuments(index.uid);
    if (documents === null) return '引擎里没有这个索引';
    // Before all changes are in, the numbers differ for good reason.
    const isCaughtUp = index.appliedSeq === latestSeq(store);
    if (isCaughtUp && documents !== countArticles(store))
      return `索引里有 ${documents} 篇，文章库里有 ${countArticles(store)} 篇`;
    return null;
  }

  async function countDocuments(uid: string): Promise<number | null> {
    try {
      return (await client.index(uid).getStats()).numberOfDocuments;
    } catch (error) {
      if (isIndexMissing(error)) return null;
      throw error;
    }
  }

  async function push(index: IndexRecord, signal?: AbortSignal): Promise<void> {
    await pushChanges(index, {
      ...options,
      ...(signal === undefined ? {} : { signal }),
    });
    recordApplied(store, index.uid, latestSeqSeen(index));
  }

  /** A change that left nothing to push (an article added and removed again) counts as followed too. */
  function latestSeqSeen(index: IndexRecord): number {
    const seq = latestSeq(store);
    const applied = activeOrGrowing(index.uid)?.appliedSeq ?? index.appliedSeq;
    return countChangesAfter(store, applied) === 0 ? seq : applied;
  }

  function activeOrGrowing(uid: string): IndexRecord | null {
    return [activeIndex(store), growingIndex(store)].find((one) => one?.uid === uid) ?? null;
  }

  async function build(signal?: AbortSignal): Promise<void> {
    const index = await resumeOrCreate();
    await push(index, signal);
    const former = activateIndex(store, index.uid);
    if (former !== null && former !== index.uid) await drop(former);
  }

  /** Goes on with a half-built index of an interrupted run when it is made the same way. */
  async function resumeOrCreate(): Promise<IndexRecord> {
    const growing = growingIndex(store);
    if (growing !== null) {
      if (growing.fingerprint === fingerprint && (await countDocuments(growing.uid)) !== null)
        return growing;
      await drop(growing.uid);
    }
    const index = registerIndex(store, prefix, fingerprint);
    await waitForTask(client, await client.createIndex(index.uid, { primaryKey: 'doc' }));
    await waitForTask(client, await client.index(index.uid).updateSettings(indexSettings()));
    return index;
  }

  async function drop(uid: string): Promise<void> {
    if ((await countDocuments(uid)) !== null)
      await waitForTask(client, await client.deleteIndex(uid));
    forgetIndex(store, uid);
    forgetVocabulary(store, uid);
    forgetGrams(store, uid);
  }

  return {
    bringUpToDate: (signal) => locked(() => update(signal), signal),
    rebuild: (signal) => locked(() => build(signal), signal),
    async followChanges(signal) {
      const index = activeIndex(store);
      if (index !== null && index.appliedSeq >= latestSeq(store)) return false;
      const lock = tryLock(dataDir, LOCK);
      if (lock === null) return false;
      try {
        await update(signal);
        return true;
      } finally {
        lock.release();
      }
    },
  };
}

/** Whether the engine says that there is no such index. */
export function isIndexMissing(error: unknown): boolean {
  return error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found';
}
