import { forgetGrams, keepGrams, type ArticleGrams } from '../store/article-grams.ts';
import type { Store } from '../store/database.ts';
import { forgetRankingTexts, keepRankingTexts } from '../store/ranking-texts.ts';
import { addTermCounts, emptyTermCounts, mergeTermCounts, slicesOf } from '../store/vocabulary.ts';
import { writeStore } from '../store/write-store.ts';
import type { BuiltChanges } from './built-changes.ts';
import { recordApplied } from './index-registry.ts';

/** Characters of grams that are written in one transaction, some ten milliseconds; one article may have more. */
const CHARACTERS_AT_ONCE = 50_000;

/** Keeps in the store what belongs to the documents of an index. */
export function createBatchRecord(store: Store, uid: string) {
  let counts = emptyTermCounts();
  let removals: number[] = [];

  return {
    /** Takes what goes to the engine next; one call at a time. */
    async add(part: BuiltChanges): Promise<void> {
      mergeTermCounts(counts, part.counts);
      removals.push(...part.removals);
      // Made of articles that lie in the store already, so they are right for whatever index answers.
      await writeStore(store, () => keepRankingTexts(store, part.rankings));
      for (const some of writtenAtOnce(part.grams))
        await writeStore(store, () => keepGrams(store, some));
    },

    /** Ends a batch; the function it returns is called when the engine has it, in the order of batches. */
    close(upTo: number): () => Promise<void> {
      const ended = { counts, removals };
      [counts, removals] = [emptyTermCounts(), []];
      return async () => {
        // Statistics: should we be killed in the midst of them, some are counted again.
        for await (const slice of slicesOf(ended.counts))
          await writeStore(store, () => addTermCounts(store, uid, slice));
        await writeStore(store, () => {
          forgetRankingTexts(store, ended.removals);
          forgetGrams(store, ended.removals);
          recordApplied(store, uid, upTo);
        });
      };
    },
  };
}

function* writtenAtOnce(all: readonly ArticleGrams[]): Generator<ArticleGrams[]> {
  let some: ArticleGrams[] = [];
  let characters = 0;
  for (const one of all) {
    some.push(one);
    characters += one.grams.length;
    if (characters < CHARACTERS_AT_ONCE) continue;
    yield some;
    [some, characters] = [[], 0];
  }
  if (some.length > 0) yield some;
}
