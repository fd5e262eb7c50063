import { z } from 'zod';
import { firstRow, valueOf, type Store } from './database.ts';

/** The text of an article as ranking sees it, made when the article is indexed. */
export interface RankingText {
  readonly doc: number;
  /** Of the article as it was indexed. */
  readonly changedSeq: number;
  /** Normalised; heading, a line break, body. */
  readonly text: string;
  /** Where the body begins, UTF-16 in `text`. */
  readonly bodyStart: number;
  /** Bit n is set when a token begins or the text ends at n, UTF-16 in `text`. */
  readonly cuts: Uint8Array;
  readonly primaryPark: string | null;
  /** Days since 1970-01-01; null when unknown. */
  readonly firstDay: number | null;
}

/** Packs offsets into bits; `length` is that of the text. */
export function packCuts(offsets: readonly number[], length: number): Uint8Array {
  const cuts = new Uint8Array((length >> 3) + 1);
  for (const offset of [...offsets, length]) cuts[offset >> 3]! |= 1 << (offset & 7);
  return cuts;
}

/** Whether a token begins, or the text ends, at an offset. */
export function isCut(cuts: Uint8Array, offset: number): boolean {
  return ((cuts[offset >> 3] ?? 0) & (1 << (offset & 7))) !== 0;
}

/** Keeps the texts of one batch. Call inside a transaction. */
export function keepRankingTexts(store: Store, texts: readonly RankingText[]): void {
  const keep = store.prepare('INSERT OR REPLACE INTO ranking_texts VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const { doc, changedSeq, bodyStart, firstDay, primaryPark, cuts, text } of texts) {
    const units = Buffer.from(text, 'utf16le');
    keep.run(doc, changedSeq, bodyStart, firstDay, primaryPark, cuts, units);
  }
}

/** Forgets the texts of articles that are gone. Call inside a transaction. */
export function forgetRankingTexts(store: Store, docs: readonly number[]): void {
  const forget = store.prepare('DELETE FROM ranking_texts WHERE doc = ?');
  for (const doc of docs) forget.run(doc);
}

/**
 * Of a longer text only the beginning counts, UTF-16: reading all of a few hundred of them, and looking through
 * them, would take seconds. Articles that are indexed now have no longer one.
 */
const MOST_RANKED = 64_000;

const rowSchema = z.object({
  changedSeq: z.int(),
  bodyStart: z.int(),
  firstDay: z.int().nullable(),
  primaryPark: z.string().nullable(),
  cuts: z.instanceof(Uint8Array),
  text: z.instanceof(Buffer).transform((units) => units.toString('utf16le')),
});

/** Reads what ranking needs of an article; null when it is gone or was never indexed. */
export function openRankingTexts(store: Store) {
  return {
    seqOf: (doc: number): number | null =>
      valueOf<number>(store, 'SELECT changed_seq FROM ranking_texts WHERE doc = ?', doc) ?? null,
    read(doc: number): RankingText | null {
      const row = firstRow(store, READ, doc);
      return row === undefined ? null : { doc, ...rowSchema.parse(row) };
    },
  };
}

// Of an empty blob substr makes NULL.
const READ = `SELECT changed_seq AS changedSeq, body_start AS bodyStart, first_day AS firstDay,
  primary_park AS primaryPark, cuts, coalesce(substr(text, 1, ${2 * MOST_RANKED}), x'') AS text
  FROM ranking_texts WHERE doc = ?`;
