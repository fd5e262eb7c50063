import type { ArticleDetails } from '../../indexer/store/stored-article.ts';
import type { TextSpan } from '../html/safe-html.ts';

export type PartRole = ArticleDetails['parts'][number]['role'];

/** A stretch of the raw page; offsets are UTF-16. */
export type PagePiece = TextSpan &
  (
    | {
        readonly type: 'part';
        /** The place in the order of reading, from 1. */
        readonly order: number;
        readonly role: PartRole;
      }
    /** `other`: another story, or blank. */
    | { readonly type: 'set-aside' | 'other' }
  );

/**
 * The page cut into the story's parts, what was set aside, and the rest, in page order. Joining the
 * pieces gives the text back, whatever the spans are: where two overlap, the earlier keeps the place.
 */
export function outlinePage(
  text: string,
  parts: ArticleDetails['parts'],
  setAside: readonly TextSpan[],
): PagePiece[] {
  const named: PagePiece[] = [
    ...parts.map((part, at): PagePiece => ({ ...part, type: 'part', order: at + 1 })),
    ...setAside.map(({ start, end }): PagePiece => ({ type: 'set-aside', start, end })),
  ];
  const pieces: PagePiece[] = [];
  let at = 0;
  const passOver = (to: number): void => {
    if (to > at) pieces.push({ type: 'other', start: at, end: to });
    at = Math.max(at, to);
  };
  for (const piece of named.sort((a, b) => a.start - b.start)) {
    const start = Math.max(piece.start, at);
    const end = Math.min(piece.end, text.length);
    if (start >= end) continue;
    passOver(start);
    pieces.push({ ...piece, start, end });
    at = end;
  }
  passOver(text.length);
  return pieces;
}
