import { isByline } from './bylines.ts';
import { isFurniture } from './furniture.ts';

/** A line of a page, white space at both ends left out; offsets are UTF-16 in the page text. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The line begins with the two blanks that open a Chinese paragraph. */
  readonly indented: boolean;
}

/** Lines that stand together on a page; one paragraph, one heading or a piece of either. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly Line[];
  /** The lines joined as a reader would: no blank inside Chinese, one between Latin words. */
  readonly text: string;
}

/** Lines of columns are at most this long; longer ones are whole paragraphs. */
const WIDEST_COLUMN = 42;
const NARROWEST_COLUMN = 7;

/** Returns the blocks of a page in page order; every non-space character lies in exactly one. */
export function pageBlocks(pageText: string): Block[] {
  return lineGroups(pageText)
    .flatMap(paragraphsOf)
    .map((lines) => ({
      start: lines[0]!.start,
      end: lines.at(-1)!.end,
      lines,
      text: joinLines(lines),
    }));
}

/** Returns two pieces of text as one, with a blank between only where Latin words or numbers meet. */
export function joinPieces(first: string, second: string): string {
  if (first === '' || second === '') return first + second;
  if (/[A-Za-z]-$/.test(first) && /^[a-z]/.test(second)) return first.slice(0, -1) + second;
  const blank = /[A-Za-z0-9,.;:]$/.test(first) && /^[A-Za-z]/.test(second);
  return first + (blank ? ' ' : '') + second;
}

/** As {@link joinPieces} one after another, of which each looks at two characters: any number of lines in linear time. */
function joinLines(lines: readonly Line[]): string {
  const pieces: string[] = [];
  let end = '';
  for (const { text } of lines) {
    const joined = joinPieces(end, text);
    pieces.push(joined.slice(0, -2));
    end = joined.slice(-2);
  }
  return pieces.join('') + end;
}

/** Lines between blank lines; a line with white space only is blank. */
function lineGroups(pageText: string): Line[][] {
  const groups: Line[][] = [[]];
  let at = 0;
  for (const raw of pageText.split(/\n|\r|\u2028|\u2029|\f/)) {
    const text = raw.trim();
    const start = at + raw.indexOf(text);
    const indented = /^(\u3000{2}| {4})/.test(raw);
    if (text === '') groups.push([]);
    else groups.at(-1)!.push({ start, end: start + text.length, text, indented });
    at += raw.length + 1;
  }
  return groups.filter((group) => group.length > 0);
}

function paragraphsOf(group: readonly Line[]): Line[][] {
  if (group.length === 1) return [[...group]];
  const width = columnWidth(group);
  return width === null ? byMeaning(group) : byColumn(group, width);
}

/** The width of a set column, when most of these lines are equally long; else null. */
function columnWidth(group: readonly Line[]): number | null {
  if (group.length < 3) return null;
  const widths = group.map((line) => line.text.length).sort((a, b) => a - b);
  const width = widths[Math.floor(widths.length * 0.6)]!;
  if (width > WIDEST_COLUMN || width < NARROWEST_COLUMN) return null;
  const full = widths.filter((w) => Math.abs(w - width) <= 2).length;
  const marks = group.some((line) => /[。，,；]/.test(line.text));
  return marks && full >= group.length * 0.5 ? width : null;
}

/** Set in a column: a paragraph ends at a short line or before an indented one. */
function byColumn(group: readonly Line[], width: number): Line[][] {
  return startNew(group, (line, open) => {
    const before = open.at(-1)!.text;
    return line.indented || (before.length < width - 2 && !/[，,、]$/.test(before));
  });
}

/** Not set in a column: lines of a heading or a by-line stay together, long lines stand alone. */
function byMeaning(group: readonly Line[]): Line[][] {
  return startNew(
    group,
    (line, open) =>
      open.length === 4 ||
      standsAlone(line) ||
      standsAlone(open[0]!) ||
      isByline(line.text) !== isByline(open[0]!.text),
  );
}

/** The lines in pieces: `starts` tells of a line, given the piece before it, whether it begins another. */
function startNew(
  group: readonly Line[],
  starts: (line: Line, open: readonly Line[]) => boolean,
): Line[][] {
  const pieces: Line[][] = [];
  for (const line of group) {
    const open = pieces.at(-1);
    if (open === undefined || starts(line, open)) pieces.push([line]);
    else open.push(line);
  }
  return pieces;
}

function standsAlone(line: Line): boolean {
  const { text } = line;
  return line.indented || text.length > WIDEST_COLUMN || /[。；;]/.test(text) || isFurniture(text);
}
