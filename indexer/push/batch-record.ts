import type { Store } from '../store/database.ts';
import type { ArticleGrams } from '../store/gram-postings.ts';
import { writeGrams } from '../store/gram-postings.ts';
import type { RankingText } from '../store/ranking-texts.ts';
import { forgetRankingTexts, keepRankingTexts } from '../store/ranking-texts.ts';
import type { TermCounts } from '../store/vocabulary.ts';
import { addTermCounts, emptyTermCounts, mergeTermCounts } from '../store/vocabulary.ts';
import { recordApplied } from './index-registry.ts';

/** What the store keeps of a batch that is in the engine. */
export interface IndexedBatch {
  readonly removals: readonly number[];
  readonly counts: TermCounts;
  readonly rankings: readonly RankingText[];
  readonly grams: readonly ArticleGrams[];
  readonly upTo: number;
}

/** Articles whose grams make one segment: fewer make every search look in more of them. */
const ARTICLES_AT_ONCE = 2_000;

/**
 * Records in the store what the engine has: batches in their order, several at once, each set of them
 * whole or not at all. Killed before, the next run sends them again.
 */
export function createBatchRecord(store: Store, uid: string) {
  let waiting: IndexedBatch[] = [];

  async function record(): Promise<void> {
    const last = waiting.at(-1);
    if (last === undefined) return;
    const batches = waiting;
    waiting = [];
    const grams = await writeGrams(
      store,
      uid,
      batches.flatMap((batch) => batch.grams),
    );
    const counts = emptyTermCounts();
    for (const batch of batches) mergeTermCounts(counts, batch.counts);
    store
      .transaction(() => {
        addTermCounts(store, uid, counts);
        for (const batch of batches) {
          keepRankingTexts(store, batch.rankings);
          forgetRankingTexts(store, batch.removals);
        }
        grams.finish();
        recordApplied(store, uid, last.upTo);
      })
      .immediate();
  }

  return {
    /** Takes a batch that is in the engine; one call at a time. */
    async add(batch: IndexedBatch): Promise<void> {
      waiting.push(batch);
      const articles = waiting.reduce((sum, { grams }) => sum + grams.length, 0);
      if (articles >= ARTICLES_AT_ONCE) await record();
    },
    /** Records what is left. */
    finish: record,
  };
}
