import { setTimeout as sleep } from 'node:timers/promises';
import type { BuiltDocument } from '../documents/engine-document.ts';
import type { Placement } from '../engine/placement.ts';
import type { ChangeRange } from '../store/changes.ts';
import { nextRange, sizesAfter } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import type { ChangePool } from './change-pool.ts';
import { mapInOrder } from '../core/map-in-order.ts';
import type { BuiltChanges } from './built-changes.ts';
import { buildChanges, DocumentError } from './built-changes.ts';

/** What is read and built together, and waits in memory until then. */
const AT_ONCE = { changes: 500, bytes: 3_000_000 } as const;
/**
 * Threads take a second or two to load, a document less than 1 ms: fewer are sooner built without them, one by
 * one between other things. More would keep this thread busy.
 */
const FEW = { changes: 500, bytes: 1_000_000 } as const;
/** Bytes of a text that takes long, without a pause. */
const LONG_TEXT = 60_000;
/** Ranges each thread has before it beside the one in hand, so that it need not wait for this one. */
const RANGES_A_THREAD = 1;
const LOOK_EVERY_MS = 50;

export interface BuildOptions {
  readonly store: Store;
  readonly dataDir: string;
  readonly buildDocument: (article: StoredArticle) => BuiltDocument;
  readonly openChangePool: (dataDir: string, signal?: AbortSignal) => ChangePool;
  /** Whether further changes are on their way: they are then waited for. */
  readonly moreToCome?: (() => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Yields the documents of all changes after `seq`, in order: built here when there are few, else in
 * threads, which read the store themselves, while the caller is busy with those before.
 * @throws DocumentError for an article of which no document can be made.
 */
export async function* buildAhead(
  seq: number,
  placement: Placement | null,
  options: BuildOptions,
): AsyncGenerator<BuiltChanges> {
  const { store, dataDir, buildDocument, openChangePool, signal } = options;
  let after = seq;
  while (await areFew(after, options)) {
    signal?.throwIfAborted();
    const range = nextRange(store, after, FEW);
    if (range === null) return;
    yield await buildChanges(store, buildDocument, { ...range, placement });
    after = range.upTo;
  }
  const pool = openChangePool(dataDir, signal);
  try {
    yield* mapInOrder(
      ranges(after, options),
      () => RANGES_A_THREAD * pool.threads,
      async (range) => {
        const [outcome] = await pool.run([{ ...range, placement }]);
        if (outcome?.type === 'done') return outcome.value;
        throw new DocumentError(outcome?.reason);
      },
    );
  } finally {
    await pool.close();
  }
}

/** Waits until it is known whether there are enough changes for threads. */
async function areFew(
  seq: number,
  { store, moreToCome = () => false, signal }: BuildOptions,
): Promise<boolean> {
  for (;;) {
    const mayGrow = moreToCome();
    const { changes, bytes, longest } = sizesAfter(store, seq, FEW.changes + 1);
    if (changes > FEW.changes || bytes > FEW.bytes || longest > LONG_TEXT) return false;
    if (!mayGrow) return true;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

/** Full ones as long as more changes are on their way. */
async function* ranges(
  seq: number,
  { store, moreToCome = () => false, signal }: BuildOptions,
): AsyncGenerator<ChangeRange> {
  for (let after = seq; ;) {
    signal?.throwIfAborted();
    // Before the look at the store, which then sees all that came in while more was to come.
    const mayGrow = moreToCome();
    const range = nextRange(store, after, AT_ONCE);
    if (mayGrow && sizesAfter(store, after, AT_ONCE.changes).changes < AT_ONCE.changes) {
      await sleep(LOOK_EVERY_MS, undefined, { signal });
      continue;
    }
    if (range === null) return;
    yield range;
    after = range.upTo;
  }
}
