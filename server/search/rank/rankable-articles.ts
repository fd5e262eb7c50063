import { z } from 'zod';
import { normaliseText } from '../../../indexer/analyzer/normalised-text.ts';
import type { Store } from '../../../indexer/store/database.ts';
import type { RankableArticle } from './score-article.ts';

/** Normalised characters kept in memory; past it the longest unused go. */
const MAX_KEPT_CHARACTERS = 20_000_000;

const rowSchema = z.object({
  doc: z.int(),
  title: z.string(),
  text: z.string(),
  primary_park: z.string().nullable(),
  first_day: z.int().nullable(),
  changed_seq: z.int(),
});

interface Kept {
  readonly seq: number;
  readonly article: RankableArticle;
}

/** Reads candidates for ranking; normalising a text is the dear part, so recent ones are kept. */
export function createRankableArticles(
  store: Store,
): (docs: readonly number[]) => RankableArticle[] {
  const seqOf = store.prepare<[number], { changed_seq: number }>(
    'SELECT changed_seq FROM articles WHERE doc = ?',
  );
  const select = store.prepare(
    `SELECT doc, title, text, parks ->> '$[0].id' AS primary_park, first_day, changed_seq
     FROM articles WHERE doc = ?`,
  );
  const kept = new Map<number, Kept>();
  let characters = 0;

  function read(doc: number): RankableArticle | null {
    const row = select.get(doc);
    if (row === undefined) return null;
    const { title, text, primary_park, first_day, changed_seq } = rowSchema.parse(row);
    const article: RankableArticle = {
      doc,
      title: normaliseText(title).text,
      body: normaliseText(text).text,
      primaryPark: primary_park,
      firstDay: first_day,
    };
    keep(doc, { seq: changed_seq, article });
    return article;
  }

  function keep(doc: number, entry: Kept): void {
    forget(doc);
    kept.set(doc, entry);
    characters += entry.article.body.length;
    for (const oldest of kept.keys()) {
      if (characters <= MAX_KEPT_CHARACTERS) break;
      forget(oldest);
    }
  }

  function forget(doc: number): void {
    const entry = kept.get(doc);
    if (entry === undefined) return;
    characters -= entry.article.body.length;
    kept.delete(doc);
  }

  return (docs) =>
    docs.flatMap((doc) => {
      const entry = kept.get(doc);
      if (entry !== undefined && entry.seq === seqOf.get(doc)?.changed_seq) {
        // To the end of the map: the order of insertion is the order of use.
        kept.delete(doc);
        kept.set(doc, entry);
        return [entry.article];
      }
      return read(doc) ?? [];
    });
}
