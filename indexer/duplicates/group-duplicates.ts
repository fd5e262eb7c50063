import type { Store } from '../store/database.ts';
import { createCandidateIndex } from './candidate-index.ts';
import { exactPairs } from './exact-pairs.ts';
import { findMatches } from './matches.ts';
import type { ComparedNews } from './news-batch.ts';
import { compareNews, countNews, readNews } from './news-batch.ts';
import { createPause } from '../core/yield-to-event-loop.ts';
import { writeStore } from '../store/write-store.ts';
import { openPrints } from './prints.ts';
import { writeProgress } from './progress.ts';
import { regroup } from './regroup.ts';
import { createStoryCache } from './story-cache.ts';

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
  const prints = openPrints(store);
  const candidates = createCandidateIndex(store);
  const pause = createPause();
  const gone = store.prepare<[], { doc: number }>(
    `SELECT doc FROM duplicate_members
     WHERE NOT EXISTS (SELECT 1 FROM articles WHERE articles.doc = duplicate_members.doc)`,
  );
  const inTransaction = <T>(work: () => T): Promise<T> => writeStore(store, work);
  const forgetGone = () =>
    regroup(
      store,
      prints,
      gone.all().flatMap(({ doc }) => prints.forget(doc)),
    );

  function takeIn({ articles, matches }: ComparedNews, upTo: number): number {
    const printOf = new Map<number, number>();
    const touched = new Set<number>();
    for (const { doc, seq, id, imprint } of articles) {
      const recorded = prints.record(doc, seq, imprint);
      printOf.set(id, recorded.print);
      for (const print of recorded.touched) touched.add(print);
    }
    for (const [id, other] of matches)
      prints.addMatch(printOf.get(id) ?? id, printOf.get(other) ?? other);
    const changed = regroup(store, prints, touched);
    writeProgress(store, upTo);
    return changed;
  }

  async function compareAll(): Promise<number> {
    const stories = createStoryCache(prints.story);
    const matches = await findMatches(exactPairs(store, prints, pause), stories, pause);
    return inTransaction(() => {
      const found = matches.filter(([print, other]) => prints.addMatch(print, other));
      return regroup(
        store,
        prints,
        found.map(([print]) => print),
      );
    });
  }

  let changed = await inTransaction(forgetGone);
  const all = await inTransaction(() => countNews(store));
  let done = 0;
  for (let taken = 1; taken > 0;) {
    const { rows, upTo } = await inTransaction(() =>
      readNews(store, options.batchSize ?? BATCH_SIZE),
    );
    const compared = await compareNews(rows, prints, candidates, pause);
    changed += await inTransaction(() => takeIn(compared, upTo));
    taken = rows.length;
    done += taken;
    options.onProgress?.(done, all);
  }
  if (options.exact === true) changed += await compareAll();
  return { ...countGroups(store), changed };
}

function countGroups(store: Store): { groups: number; copies: number } {
  return store
    .prepare<[], { groups: number; copies: number }>(
      'SELECT count(DISTINCT duplicate_of) AS groups, count(duplicate_of) AS copies FROM articles',
    )
    .get()!;
}
