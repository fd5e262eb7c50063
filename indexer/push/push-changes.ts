import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EnqueuedTask, Meilisearch } from 'meilisearch';
import type { BuiltDocument } from '../documents/engine-document.ts';
import { waitForTask } from '../engine/wait-for-task.ts';
import { changesAfter, countChangesAfter } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import type { RankingText } from '../store/ranking-texts.ts';
import { forgetRankingTexts, keepRankingTexts } from '../store/ranking-texts.ts';
import { countTerms } from '../store/vocabulary.ts';
import type { IndexRecord } from './index-registry.ts';
import { recordApplied } from './index-registry.ts';

/** The engine takes 37.5 MB a request; opaque terms are ASCII, so characters are bytes. */
const MAX_BATCH_BYTES = 16_000_000;
/** Batches that the engine has before it; a longer queue is only memory. */
const MAX_IN_FLIGHT = 2;
const READ_AT_ONCE = 200;

export interface PushProgress {
  readonly done: number;
  readonly total: number;
}

export interface PushOptions {
  readonly store: Store;
  readonly client: Meilisearch;
  readonly buildDocument: (article: StoredArticle) => BuiltDocument;
  readonly onProgress?: (progress: PushProgress) => void;
  readonly signal?: AbortSignal;
}

interface Batch {
  readonly documents: readonly string[];
  readonly terms: readonly (readonly string[])[];
  readonly rankings: readonly RankingText[];
  readonly removals: readonly number[];
  readonly lastSeq: number;
  readonly changes: number;
}

/**
 * Sends every change that the index has not yet followed, until none is left; returns their number.
 * Documents of the next batches are built while the engine works, up to {@link MAX_IN_FLIGHT} ahead.
 * Killed at any moment, the next call goes on from the last batch that the engine finished.
 * @throws EngineTaskError when the engine refuses a batch.
 */
export async function pushChanges(index: IndexRecord, options: PushOptions): Promise<number> {
  const { store, client, onProgress, signal } = options;
  let total = countChangesAfter(store, index.appliedSeq);
  let done = 0;
  const inFlight: Promise<void>[] = [];

  /** Batches are recorded in their order, so that none before the recorded one is missing. */
  async function follow(
    batch: Omit<Batch, 'documents'>,
    tasks: readonly EnqueuedTask[],
    previous: Promise<void> | undefined,
  ): Promise<void> {
    await previous;
    for (const task of tasks) await waitForTask(client, task, signal);
    store
      .transaction(() => {
        const characters = batch.rankings.reduce((sum, { text }) => sum + text.length, 0);
        countTerms(store, index.uid, batch.terms, characters);
        keepRankingTexts(store, batch.rankings);
        forgetRankingTexts(store, batch.removals);
        recordApplied(store, index.uid, batch.lastSeq);
      })
      .immediate();
    done += batch.changes;
    total = Math.max(total, done);
    onProgress?.({ done, total });
  }

  for await (const batch of batches(index.appliedSeq, options)) {
    while (inFlight.length >= MAX_IN_FLIGHT) await inFlight.shift();
    signal?.throwIfAborted();
    const { documents, ...rest } = batch;
    const tasks = await enqueue(client, index.uid, documents, batch.removals);
    const followed = follow(rest, tasks, inFlight.at(-1));
    // The loop awaits it; until then a failure must not count as unhandled.
    followed.catch(() => undefined);
    inFlight.push(followed);
  }
  for (const followed of inFlight) await followed;
  return done;
}

async function* batches(afterSeq: number, options: PushOptions): AsyncGenerator<Batch> {
  let documents: string[] = [];
  let terms: (readonly string[])[] = [];
  let rankings: RankingText[] = [];
  let removals: number[] = [];
  let bytes = 0;
  let seq = afterSeq;
  for (;;) {
    options.signal?.throwIfAborted();
    const changes = changesAfter(options.store, seq, READ_AT_ONCE);
    for (const change of changes) {
      seq = change.seq;
      if (change.type === 'remove') removals.push(change.doc);
      else {
        const built = options.buildDocument(change.article);
        const json = JSON.stringify(built.document);
        documents.push(json);
        terms.push(built.terms);
        rankings.push(built.ranking);
        bytes += json.length;
      }
    }
    const isLast = changes.length < READ_AT_ONCE;
    if (bytes >= MAX_BATCH_BYTES || (isLast && documents.length + removals.length > 0)) {
      yield {
        documents,
        terms,
        rankings,
        removals,
        lastSeq: seq,
        changes: documents.length + removals.length,
      };
      documents = [];
      terms = [];
      rankings = [];
      removals = [];
      bytes = 0;
    }
    if (isLast) return;
    // Building holds the thread; requests and answers of the batches in flight need a turn.
    await nextTurn();
  }
}

/** The engine works on tasks in the order in which they were enqueued. */
async function enqueue(
  client: Meilisearch,
  uid: string,
  documents: readonly string[],
  removals: readonly number[],
): Promise<EnqueuedTask[]> {
  const index = client.index(uid);
  const tasks: EnqueuedTask[] = [];
  if (documents.length > 0)
    tasks.push(
      await index.addDocumentsFromString(documents.join('\n'), 'application/x-ndjson', {
        primaryKey: 'doc',
      }),
    );
  if (removals.length > 0) tasks.push(await index.deleteDocuments([...removals]));
  return tasks;
}
