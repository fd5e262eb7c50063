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
  const blocks: Block[] = [];
  for (const group of lineGroups(pageText)) {
    for (const lines of paragraphsOf(group)) blocks.push(blockOf(lines));
  }
  return blocks;
}

/** Returns two pieces of text as one, with a blank between only where Latin words or numbers meet. */
export function joinPieces(first: string, second: string): string {
  if (first === '' || second === '') return first + second;
  if (/[A-Za-z]-$/.test(first) && /^[a-z]/.test(second)) return first.slice(0, -1) + second;
  const blank = /[A-Za-z0-9,.;:]$/.test(first) && /^[A-Za-z]/.test(second);
  return first + (blank ? ' ' : '') + second;
}

function blockOf(lines: readonly Line[]): Block {
  return {
    start: lines[0]!.start,
    end: lines[lines.length - 1]!.end,
    lines,
    text: joinLines(lines),
  };
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
  const groups: Line[][] = [];
  let group: Line[] = [];
  let at = 0;
  for (const raw of pageText.split(/\n|\r|\u2028|\u2029|\f/)) {
    const text = raw.trim();
    if (text === '') {
      if (group.length > 0) groups.push(group);
      group = [];
    } else {
      const start = at + raw.indexOf(text);
      group.push({
        start,
        end: start + text.length,
        text,
        indented: /^(\u3000{2}| {4})/.test(raw),
      });
    }
    at += raw.length + 1;
  }
  if (group.length > 0) groups.push(group);
  return groups;
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
  const paragraphs: Line[][] = [];
  for (const line of group) {
    const open = paragraphs[paragraphs.length - 1];
    const before = open?.[open.length - 1];
    const ended =
      before === undefined ||
      line.indented ||
      (before.text.length < width - 2 && !/[，,、]$/.test(before.text));
    if (ended) paragraphs.push([line]);
    else open!.push(line);
  }
  return paragraphs;
}

/** Not set in a column: lines of a heading or a by-line stay together, long lines stand alone. */
function byMeaning(group: readonly Line[]): Line[][] {
  const paragraphs: Line[][] = [];
  for (const line of group) {
    const open = paragraphs[paragraphs.length - 1];
    const together =
      open !== undefined &&
      !standsAlone(line) &&
      !standsAlone(open[0]!) &&
      isByline(line.text) === isByline(open[0]!.text);
    if (together && open.length < 4) open.push(line);
    else paragraphs.push([line]);
  }
  return paragraphs;
}

function standsAlone(line: Line): boolean {
  const { text } = line;
  return line.indented || text.length > WIDEST_COLUMN || /[。；;]/.test(text) || isFurniture(text);
}
