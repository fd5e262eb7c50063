import type { Store } from '../store/database.ts';
import type { WrittenGrams } from '../store/gram-postings.ts';
import { forgetUnfinishedGrams, mergeGrams, writeGrams } from '../store/gram-postings.ts';
import type { GramRun } from '../store/gram-runs.ts';
import { forgetRankingTexts, keepRankingTexts } from '../store/ranking-texts.ts';
import { addTermCounts, emptyTermCounts, mergeTermCounts, slicesOf } from '../store/vocabulary.ts';
import { writeStore } from '../store/write-store.ts';
import type { BuiltChanges } from './built-changes.ts';
import { recordApplied } from './index-registry.ts';

/** Articles whose grams make one segment, unless they are long: some 15 MB in memory until then. */
const ARTICLES_AT_ONCE = 8_000;
const BYTES_AT_ONCE = 32 * 2 ** 20;

/**
 * Keeps in the store what belongs to the documents of an index. Most is written as it is made; it counts
 * once the engine has the batch. What an interrupted run left behind is forgotten.
 */
export async function createBatchRecord(store: Store, uid: string) {
  let counts = emptyTermCounts();
  let removals: number[] = [];
  let waiting: GramRun[] = [];
  let waitingArticles = 0;
  let waitingBytes = 0;
  let written: WrittenGrams[] = [];
  await forgetUnfinishedGrams(store, uid);

  async function writeWaiting(): Promise<void> {
    const [runs, articles] = [waiting, waitingArticles];
    [waiting, waitingArticles, waitingBytes] = [[], 0, 0];
    if (articles > 0) written.push(await writeGrams(store, uid, runs));
  }

  return {
    /** Takes what goes to the engine next; one call at a time. */
    async add(part: BuiltChanges): Promise<void> {
      mergeTermCounts(counts, part.counts);
      removals.push(...part.removals);
      waiting.push(part.grams);
      waitingArticles += part.grams.articles;
      for (const { more, docs } of part.grams.blocks) waitingBytes += more.length + docs.length;
      // Made of articles that lie in the store already, so they are right for whatever index answers.
      await writeStore(store, () => keepRankingTexts(store, part.rankings));
      if (waitingArticles >= ARTICLES_AT_ONCE || waitingBytes >= BYTES_AT_ONCE)
        await writeWaiting();
    },

    /** Ends a batch; the function it returns is called when the engine has it, in the order of batches. */
    async close(upTo: number): Promise<() => Promise<void>> {
      await writeWaiting();
      const ended = { counts, removals, written };
      [counts, removals, written] = [emptyTermCounts(), [], []];
      return async () => {
        // Statistics: should we be killed in the midst of them, some are counted again.
        for await (const slice of slicesOf(ended.counts))
          await writeStore(store, () => addTermCounts(store, uid, slice));
        await writeStore(store, () => {
          forgetRankingTexts(store, ended.removals);
          for (const grams of ended.written) grams.finish();
          recordApplied(store, uid, upTo);
        });
        await mergeGrams(store, uid);
      };
    },
  };
}
