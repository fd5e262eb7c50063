import { activeIndex } from '../../../indexer/push/index-registry.ts';
import type { Store } from '../../../indexer/store/database.ts';
import type { RankableArticle } from '../../../indexer/store/ranking-texts.ts';
import { openRankingTexts } from '../../../indexer/store/ranking-texts.ts';

/** Characters of ranking texts kept in memory; past it the longest unused go. */
const MAX_KEPT_CHARACTERS = 20_000_000;

type ReadRankable = (docs: readonly number[]) => RankableArticle[];

const readers = new WeakMap<Store, ReadRankable>();

/**
 * Reads candidates for ranking, those of them that are indexed; recently read ones are kept, once for all
 * searches in a store.
 */
export function rankableArticles(store: Store): ReadRankable {
  let read = readers.get(store);
  if (read === undefined) readers.set(store, (read = createReader(store)));
  return read;
}

function createReader(store: Store): ReadRankable {
  const texts = openRankingTexts(store);
  const kept = new Map<number, RankableArticle>();
  let characters = 0;
  let keptAt = followed();

  /** Changes in the transaction that writes ranking texts. */
  function followed(): string {
    const index = activeIndex(store);
    return `${index?.uid} ${index?.appliedSeq}`;
  }

  function keep(article: RankableArticle): void {
    kept.set(article.doc, article);
    characters += article.text.length;
    for (const oldest of kept.values()) {
      if (characters <= MAX_KEPT_CHARACTERS) break;
      forget(oldest);
    }
  }

  function forget(article: RankableArticle): void {
    if (kept.delete(article.doc)) characters -= article.text.length;
  }

  return (docs) => {
    // While the index follows no change, no article need be looked at for one: of 1,000 it takes 4 ms.
    const now = followed();
    if (now !== keptAt)
      for (const known of [...kept.values()])
        if (known.changedSeq !== texts.seqOf(known.doc)) forget(known);
    keptAt = now;
    return docs.flatMap((doc) => {
      const known = kept.get(doc);
      // To the end of the map: the order of insertion is the order of use.
      if (known !== undefined) forget(known);
      const article = known ?? texts.read(doc);
      if (article === null) return [];
      keep(article);
      return [article];
    });
  };
}
