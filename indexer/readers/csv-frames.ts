import type { TextLine } from './text-file.ts';

/** The lines of one CSV record: several when a quoted field holds line breaks. */
export interface CsvFrame {
  /** Of its first line, from 1. */
  readonly line: number;
  readonly text: string;
  /** `unclosed`: a quote was opened and never closed; `tooLong`: past the limit. Both are one line only. */
  readonly fault: 'unclosed' | 'tooLong' | null;
}

/** How often the limit may be read again after unclosed quotes: a file of nothing else stays linear. */
const MOST_RESTARTS = 3;

/**
 * Yields the records of a CSV text without reading their fields. Where a quote never closes, its
 * line alone is at fault and the lines after it are taken up again, so that one bad record does
 * not swallow the rest of the file. Holds at most `limit` characters.
 */
export async function* frameRecords(
  lines: AsyncIterable<TextLine>,
  delimiter: () => string,
  limit: number,
): AsyncGenerator<CsvFrame> {
  let open: TextLine[] = [];
  let openLength = 0;
  let inside = false;
  let isSuspect = false;
  let budget = MOST_RESTARTS * limit;

  const reset = (): TextLine[] => {
    const held = open;
    open = [];
    openLength = 0;
    inside = false;
    isSuspect = false;
    return held;
  };

  /** The lines after an unclosed quote, to be read once more while the budget lasts. */
  const giveUp = (): { readonly frame: CsvFrame; readonly again: TextLine[] } => {
    budget -= openLength;
    const [first, ...rest] = reset();
    const frame: CsvFrame = { line: first!.number, text: first!.text ?? '', fault: 'unclosed' };
    return { frame, again: budget > 0 ? rest : [] };
  };

  function* accept(line: TextLine): Generator<CsvFrame> {
    let waiting: TextLine[] = [line];
    for (let at = 0; at < waiting.length; at++) {
      const next = waiting[at]!;
      if (next.text === null) {
        yield { line: next.number, text: '', fault: 'tooLong' };
        continue;
      }
      if (open.length === 0 && next.text.trim() === '') continue;
      const quotes = followQuotes(next.text, inside, delimiter());
      inside = quotes.inside;
      isSuspect ||= quotes.isBroken;
      open.push(next);
      openLength += next.text.length + 1;
      const isClosed = !inside && (open.length === 1 || !isSuspect);
      if (isClosed) {
        const text = open.map((part) => part.text).join('\n');
        yield { line: reset()[0]!.number, text, fault: null };
      } else if (!inside || openLength > limit) {
        const { frame, again } = giveUp();
        yield frame;
        waiting = [...again, ...waiting.slice(at + 1)];
        at = -1;
      }
    }
  }

  for await (const line of lines) yield* accept(line);
  while (open.length > 0) {
    const { frame, again } = giveUp();
    yield frame;
    for (const line of again) yield* accept(line);
  }
}

/**
 * Whether a line ends inside quotes, and whether a field went on after its closing quote: most likely the quote
 * opens another field. A quote opens only at the start of a field; a doubled one within stands for itself.
 */
function followQuotes(line: string, insideBefore: boolean, delimiter: string) {
  let inside = insideBefore;
  let isBroken = false;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) {
    const next = line[at + 1];
    if (!inside) inside = at === 0 || line[at - 1] === delimiter;
    else if (next === '"') at++;
    else {
      inside = false;
      isBroken ||= next !== undefined && next !== delimiter;
    }
  }
  return { inside, isBroken };
}
