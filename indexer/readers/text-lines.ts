export interface TextLine {
  /** From 1. */
  readonly number: number;
  /** Without its line end; null when it was longer than the limit. */
  readonly text: string | null;
}

/** Yields the lines of a text that comes in pieces; of a line past `limit` characters only its number. */
export async function* splitLines(
  pieces: AsyncIterable<string>,
  limit: number,
): AsyncGenerator<TextLine> {
  let held: string[] = [];
  let heldLength = 0;
  let number = 1;
  const hold = (part: string): void => {
    heldLength += part.length;
    if (heldLength <= limit) held.push(part);
    else held = [];
  };
  const take = (): TextLine => {
    const text = heldLength > limit ? null : held.join('').replace(/\r$/, '');
    held = [];
    heldLength = 0;
    return { number: number++, text };
  };
  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      hold(piece.slice(start, end));
      yield take();
      start = end + 1;
    }
    if (start < piece.length) hold(piece.slice(start));
  }
  if (heldLength > 0) yield take();
}
