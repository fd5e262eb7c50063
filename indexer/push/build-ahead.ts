import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BuiltDocument } from '../documents/engine-document.ts';
import type { ChangeRange } from '../store/changes.ts';
import { nextRange } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import { openChangePool } from '../workers/change-pool.ts';
import { mapInOrder } from '../workers/map-in-order.ts';
import type { BuiltChanges } from './built-changes.ts';
import { buildChanges, DocumentError } from './built-changes.ts';

const CHANGES_AT_ONCE = 200;
/** Threads take a second or two to load, a document 1 to 2 ms: fewer are sooner built without them. */
const CHANGES_BEFORE_THREADS = 500;
/** Ranges each thread has before it beside the one in hand, so that it need not wait for this one. */
const RANGES_A_THREAD = 1;

export interface BuildOptions {
  readonly store: Store;
  readonly dataDir: string;
  readonly buildDocument: (article: StoredArticle) => BuiltDocument;
  readonly signal?: AbortSignal;
}

/**
 * Yields the documents of all changes after `seq`, in order: built here when there are few, else in
 * threads, which read the store themselves, while the caller is busy with those before.
 * @throws DocumentError for an article of which no document can be made.
 */
export async function* buildAhead(
  seq: number,
  changes: number,
  { store, dataDir, buildDocument, signal }: BuildOptions,
): AsyncGenerator<BuiltChanges> {
  if (changes < CHANGES_BEFORE_THREADS) {
    for await (const range of ranges(store, seq, signal))
      yield buildChanges(store, buildDocument, range);
    return;
  }
  const pool = openChangePool(dataDir, signal);
  try {
    yield* mapInOrder(
      ranges(store, seq, signal),
      () => RANGES_A_THREAD * pool.threads,
      async (range) => {
        const [outcome] = await pool.run([range]);
        if (outcome?.type === 'done') return outcome.value;
        throw new DocumentError(outcome?.reason);
      },
    );
  } finally {
    await pool.close();
  }
}

async function* ranges(
  store: Store,
  seq: number,
  signal?: AbortSignal,
): AsyncGenerator<ChangeRange> {
  for (let range = nextRange(store, seq, CHANGES_AT_ONCE); range !== null;) {
    signal?.throwIfAborted();
    yield range;
    range = nextRange(store, range.upTo, CHANGES_AT_ONCE);
    // Building holds the thread; requests and answers need a turn.
    await nextTurn();
  }
}
