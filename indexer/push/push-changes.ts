import type { Meilisearch } from 'meilisearch';
import type { BuiltDocument } from '../documents/engine-document.ts';
import { waitForTask } from '../engine/wait-for-task.ts';

import { changesAfter, countChangesAfter } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import { countTerms } from '../store/vocabulary.ts';
import type { IndexRecord } from './index-registry.ts';
import { recordApplied } from './index-registry.ts';

/** The engine takes 37.5 MB a request; opaque terms are ASCII, so characters are bytes. */
const MAX_BATCH_BYTES = 16_000_000;
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
  readonly removals: readonly number[];
  readonly lastSeq: number;
  readonly changes: number;
}

/**
 * Sends every change that the index has not yet followed, until none is left; returns their number.
 * Documents of the next batch are built while the engine works on the last one. Killed at any
 * moment, the next call goes on from the last batch that the engine finished.
 * @throws EngineTaskError when the engine refuses a batch.
 */
export async function pushChanges(index: IndexRecord, options: PushOptions): Promise<number> {
  const { store, client, onProgress, signal } = options;
  let total = countChangesAfter(store, index.appliedSeq);
  let done = 0;
  let inFlight: Promise<void> = Promise.resolve();
  for (const batch of batches(index.appliedSeq, options)) {
    await inFlight;
    signal?.throwIfAborted();
    inFlight = sendBatch(client, index.uid, batch, signal).then(() => {
      store
        .transaction(() => {
          countTerms(store, index.uid, batch.terms);
          recordApplied(store, index.uid, batch.lastSeq);
        })
        .immediate();
      done += batch.changes;
      total = Math.max(total, done);
      onProgress?.({ done, total });
    });
    // The loop awaits it; until then a failure must not count as unhandled.
    inFlight.catch(() => undefined);
  }
  await inFlight;
  return done;
}

function* batches(afterSeq: number, options: PushOptions): Generator<Batch> {
  let documents: string[] = [];
  let terms: (readonly string[])[] = [];
  let removals: number[] = [];
  let bytes = 0;
  let seq = afterSeq;
  for (;;) {
    const changes = changesAfter(options.store, seq, READ_AT_ONCE);
    for (const change of changes) {
      seq = change.seq;
      if (change.type === 'remove') removals.push(change.doc);
      else {
        const built = options.buildDocument(change.article);
        const json = JSON.stringify(built.document);
        documents.push(json);
        terms.push(built.terms);
        bytes += json.length;
      }
    }
    const isLast = changes.length < READ_AT_ONCE;
    if (bytes >= MAX_BATCH_BYTES || (isLast && documents.length + removals.length > 0)) {
      yield {
        documents,
        terms,
        removals,
        lastSeq: seq,
        changes: documents.length + removals.length,
      };
      documents = [];
      terms = [];
      removals = [];
      bytes = 0;
    }
    if (isLast) return;
  }
}

async function sendBatch(
  client: Meilisearch,
  uid: string,
  batch: Batch,
  signal: AbortSignal | undefined,
): Promise<void> {
  const index = client.index(uid);
  if (batch.documents.length > 0)
    await waitForTask(
      client,
      await index.addDocumentsFromString(batch.documents.join('\n'), 'application/x-ndjson', {
        primaryKey: 'doc',
      }),
      signal,
    );
  if (batch.removals.length > 0)
    await waitForTask(client, await index.deleteDocuments([...batch.removals]), signal);
}
