import { activeIndex } from '../../../indexer/push/index-registry.ts';
import type { Store } from '../../../indexer/store/database.ts';
import type { RankingText } from '../../../indexer/store/ranking-texts.ts';
import { openRankingTexts } from '../../../indexer/store/ranking-texts.ts';

/** Characters of ranking texts kept in memory, in both generations together. */
const MAX_KEPT_CHARACTERS = 20_000_000;

/** Those of some documents that are indexed, read as they are asked for. */
type ReadRankable = (docs: readonly number[]) => Iterable<RankingText>;

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

/**
 * Keeps what is read in two generations: what a full one holds and is not read again while the next one
 * fills is forgotten. Nothing has to be put in order when a text is found there.
 */
function createReader(store: Store): ReadRankable {
  const texts = openRankingTexts(store);
  let recent = new Map<number, RankingText>();
  let former = new Map<number, RankingText>();
  let characters = 0;
  let keptAt = followed();

  /** Changes in the transaction that writes ranking texts. */
  function followed(): string {
    const index = activeIndex(store);
    return `${index?.uid} ${index?.appliedSeq}`;
  }

  function keep(article: RankingText): void {
    if (characters + article.text.length > MAX_KEPT_CHARACTERS / 2) {
      former = recent;
      recent = new Map();
      characters = 0;
    }
    recent.set(article.doc, article);
    characters += article.text.length;
  }

  function forgetChanged(): void {
    for (const generation of [recent, former])
      for (const { doc, changedSeq } of [...generation.values()])
        if (changedSeq !== texts.seqOf(doc)) generation.delete(doc);
  }

  function read(doc: number): RankingText | null {
    const known = recent.get(doc);
    if (known !== undefined) return known;
    const article = former.get(doc) ?? texts.read(doc);
    if (article !== null) keep(article);
    return article;
  }

  return function* (docs) {
    // While the index follows no change, no article need be looked at for one: of 1,000 it takes 4 ms.
    const now = followed();
    if (now !== keptAt) forgetChanged();
    keptAt = now;
    for (const doc of docs) {
      const article = read(doc);
      if (article !== null) yield article;
    }
  };
}
