import { z } from 'zod';
import type { Store } from './database.ts';

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
  changed_seq: z.int(),
  body_start: z.int(),
  first_day: z.int().nullable(),
  primary_park: z.string().nullable(),
  cuts: z.instanceof(Uint8Array),
  text: z.instanceof(Buffer),
});

/** Reads what ranking needs of an article; null when it is gone or was never indexed. */
export function openRankingTexts(store: Store) {
  // Of an empty blob substr makes NULL.
  const select = store.prepare<[number]>(
    `SELECT changed_seq, body_start, first_day, primary_park, cuts,
       coalesce(substr(text, 1, ${2 * MOST_RANKED}), x'') AS text
     FROM ranking_texts WHERE doc = ?`,
  );
  const selectSeq = store
    .prepare<[number], number>('SELECT changed_seq FROM ranking_texts WHERE doc = ?')
    .pluck();
  return {
    seqOf: (doc: number): number | null => selectSeq.get(doc) ?? null,
    read(doc: number): RankingText | null {
      const row = select.get(doc);
      if (row === undefined) return null;
      const { changed_seq, body_start, first_day, primary_park, cuts, text } = rowSchema.parse(row);
      return {
        doc,
        changedSeq: changed_seq,
        text: text.toString('utf16le'),
        bodyStart: body_start,
        cuts,
        primaryPark: primary_park,
        firstDay: first_day,
      };
    },
  };
}
