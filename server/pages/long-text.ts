import { wholeCharacter } from '../../indexer/core/utf16.ts';

/** More makes a page that takes long to write, to send and to show. UTF-16. */
const MOST_CHARACTERS = 50_000;
const MOST_LINES = 3_000;

/** A text as far as a page shows it, ending with a line where that can be. */
export function beginningOf(text: string): { readonly text: string; readonly isWhole: boolean } {
  let end = 0;
  for (let lines = 0; lines < MOST_LINES; lines += 1) {
    const next = text.indexOf('\n', end + 1);
    if (next === -1 && text.length <= MOST_CHARACTERS) return { text, isWhole: true };
    if (next === -1 || next > MOST_CHARACTERS) {
      const limit = wholeCharacter(text, Math.min(text.length, MOST_CHARACTERS));
      // Rather within a paragraph than without most of it.
      return { text: text.slice(0, end < limit / 2 ? limit : end), isWhole: false };
    }
    end = next;
  }
  return { text: text.slice(0, end), isWhole: false };
}

/** A stretch of a text, UTF-16. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The part of a text that a page shows which is to begin about `from`. */
export function stretchFrom(text: string, from: number): Stretch {
  const last = Math.max(0, text.length - MOST_CHARACTERS);
  const start = wholeCharacter(text, Math.min(Math.max(0, from), last));
  return { start, end: wholeCharacter(text, Math.min(text.length, start + MOST_CHARACTERS)) };
}
