import { joinText, medianOf, type Segment } from './pdf-lines.ts';

type Row = Omit<Segment, 'top' | 'bottom'>;

interface Paragraph {
  text: string;
  readonly size: number;
  readonly isIndented: boolean;
  /** The last line is full and its sentence goes on. */
  endsOpen: boolean;
}

const SENTENCE_END = /[。！？!?…；”』」）)]$/u;

/**
 * Returns the text of blocks in reading order, a blank line between paragraphs. Lines of a
 * paragraph are joined; so are two columns where a sentence runs on from one into the next.
 */
export function blocksToText(blocks: readonly (readonly Segment[])[]): string {
  const paragraphs: Paragraph[] = [];
  for (const block of blocks) {
    for (const [index, paragraph] of paragraphsOf(rowsOf(block)).entries()) {
      const last = paragraphs.at(-1);
      const goesOn =
        index === 0 &&
        last?.endsOpen === true &&
        !paragraph.isIndented &&
        isSameSize(last.size, paragraph.size);
      if (goesOn) {
        last.text = joinText(last.text, paragraph.text, true);
        last.endsOpen = paragraph.endsOpen;
      } else paragraphs.push(paragraph);
    }
  }
  return paragraphs
    .map((paragraph) => paragraph.text.trim())
    .filter((text) => text !== '')
    .join('\n\n');
}

function rowsOf(block: readonly Segment[]): Row[] {
  const rows: Row[] = [];
  for (const segment of [...block].sort((a, b) => a.baseline - b.baseline || a.left - b.left)) {
    const { right, baseline, size } = segment;
    const last = rows.at(-1);
    const text = segment.text.trim();
    if (last !== undefined && Math.abs(last.baseline - baseline) < 0.3 * size)
      rows[rows.length - 1] = { ...last, text: `${last.text} ${text}`, right };
    else if (text !== '') {
      const indent = segment.text.length - segment.text.trimStart().length;
      rows.push({ text, left: segment.left + indent * size, right, baseline, size });
    }
  }
  return rows;
}

function paragraphsOf(rows: readonly Row[]): Paragraph[] {
  if (isStandingLine(rows)) {
    const text = rows.map((row) => row.text).join('');
    return [{ text, size: rows[0]!.size, isIndented: true, endsOpen: false }];
  }
  const left = Math.min(...rows.map((row) => row.left));
  const right = Math.max(...rows.map((row) => row.right));
  const leading =
    medianOf(rows.slice(1).map((row, at) => row.baseline - rows[at]!.baseline)) ?? Infinity;
  const paragraphs: Paragraph[] = [];
  let previous: Row | undefined;
  let lines = 0;
  for (const row of rows) {
    lines = previous !== undefined && isSameSize(previous.size, row.size) ? lines + 1 : 1;
    const isIndented = row.left - left > 0.8 * row.size;
    // One line alone is a headline or a by-line and goes on nowhere.
    const endsOpen =
      lines > 1 && right - row.right < 1.5 * row.size && !SENTENCE_END.test(row.text);
    const starts =
      previous === undefined ||
      isIndented ||
      !isSameSize(previous.size, row.size) ||
      row.baseline - previous.baseline > 1.6 * leading ||
      (SENTENCE_END.test(previous.text) && right - previous.right > 2 * row.size);
    if (starts) paragraphs.push({ text: row.text, size: row.size, isIndented, endsOpen });
    else {
      const open = paragraphs.at(-1)!;
      open.text = joinText(open.text, row.text, true);
      open.endsOpen = endsOpen;
    }
    previous = row;
  }
  return paragraphs;
}

/** A headline set from top to bottom, a character a line. */
function isStandingLine(rows: readonly Row[]): boolean {
  return rows.length >= 3 && rows.every((row) => /^.$/u.test(row.text));
}

function isSameSize(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.1 * Math.max(a, b);
}
