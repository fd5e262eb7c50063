import { createYielder } from '../core/yield-to-event-loop.ts';
import { allValues, firstRow, type Store } from '../store/database.ts';
import { writeStore } from '../store/write-store.ts';
import { createCandidateIndex } from './candidate-index.ts';
import { regroup } from './election.ts';
import { exactPairs } from './exact-pairs.ts';
import { openFingerprints } from './fingerprints.ts';
import { createStoryCache, findMatches } from './matches.ts';
import type { ComparedChanges } from './pending-changes.ts';
import { comparePending, countPending, readPending, writeProgress } from './pending-changes.ts';

export interface DuplicateOptions {
  /** Compare every text with every other that may match, instead of those that MinHash proposes. */
  readonly exact?: boolean;
  /** Articles in one transaction, the unit of what an interruption loses; 2,000 unless given. */
  readonly batchSize?: number;
  /** Told after each transaction how many of the changed articles are handled. */
  readonly onProgress?: (done: number, all: number) => void;
}

export interface DuplicateCounts {
  /** Groups of two or more articles in the whole store. */
  readonly groups: number;
  /** Articles with a preferred copy other than themselves, in the whole store. */
  readonly copies: number;
  /** Articles whose preferred copy changed in this call. */
  readonly changed: number;
}

const BATCH_SIZE = 2000;

/**
 * Finds articles that tell the same story in the same words and sets `duplicate_of` of each copy to
 * the id of the preferred one. Handles only what changed since the last call, in transactions that
 * each leave the store consistent; between them the event loop has its turns. The result does not
 * depend on how additions were cut into calls, nor, short of crowds (see `candidate-index.ts`), on
 * their order.
 */
export async function groupDuplicates(
  store: Store,
  options: DuplicateOptions = {},
): Promise<DuplicateCounts> {
  const fingerprints = openFingerprints(store);
  const candidates = createCandidateIndex(store);
  const yieldToEventLoop = createYielder();
  const gone = `SELECT doc FROM duplicate_members
    WHERE NOT EXISTS (SELECT 1 FROM articles WHERE articles.doc = duplicate_members.doc)`;
  const inTransaction = <T>(work: () => T): Promise<T> => writeStore(store, work);

  function takeIn({ articles, matches }: ComparedChanges, upTo: number): number {
    const idOf = new Map<number, number>();
    const touched = new Set<number>();
    for (const { doc, seq, id, fingerprint } of articles) {
      const recorded = fingerprints.record(doc, seq, fingerprint);
      idOf.set(id, recorded.id);
      for (const one of recorded.touched) touched.add(one);
    }
    for (const [id, other] of matches)
      fingerprints.addMatch(idOf.get(id) ?? id, idOf.get(other) ?? other);
    const changed = regroup(store, fingerprints, touched);
    writeProgress(store, upTo);
    return changed;
  }

  async function compareAll(): Promise<number> {
    const stories = createStoryCache((id) => fingerprints.story(id));
    const pairs = exactPairs(store, fingerprints, yieldToEventLoop);
    const matches = await findMatches(pairs, stories, yieldToEventLoop);
    return inTransaction(() => {
      const found = matches.filter(([id, other]) => fingerprints.addMatch(id, other));
      return regroup(
        store,
        fingerprints,
        found.map(([id]) => id),
      );
    });
  }

  let changed = await inTransaction(() =>
    regroup(
      store,
      fingerprints,
      allValues<number>(store, gone).flatMap((doc) => fingerprints.forget(doc)),
    ),
  );
  const all = await inTransaction(() => countPending(store));
  let done = 0;
  for (let taken = 1; taken > 0;) {
    const { rows, upTo } = await inTransaction(() =>
      readPending(store, options.batchSize ?? BATCH_SIZE),
    );
    const compared = await comparePending(rows, fingerprints, candidates, yieldToEventLoop);
    changed += await inTransaction(() => takeIn(compared, upTo));
    taken = rows.length;
    done += taken;
    options.onProgress?.(done, all);
  }
  if (options.exact === true) changed += await compareAll();
  const counts = firstRow<{ groups: number; copies: number }>(
    store,
    'SELECT count(DISTINCT duplicate_of) AS groups, count(duplicate_of) AS copies FROM articles',
  )!;
  return { ...counts, changed };
}
