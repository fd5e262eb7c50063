/** A piece of text on a page of a PDF; lengths in points, y grows downwards. */
export interface TextRun {
  readonly text: string;
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly width: number;
  /** Font size. */
  readonly size: number;
}

/** Runs on one baseline with no gap of a column between them. */
export interface Segment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly baseline: number;
  readonly size: number;
}

/** In em: a wider gap on a line may be the space between two columns. */
const COLUMN_GAP = 0.9;
/** In em: letters of one word are never so far apart. */
const WORD_GAP = 0.15;
/** In em: a gap this wide that stands out in its line is a space. */
const SPACE_GAP = 0.22;
/** The right half of these is white, and sticks out of the column. */
const HANGING = /[。，、；：！？”’）》」』】…]$/u;
const LATIN = /[\p{Script=Latin}\p{N}]/u;

/** Returns the runs of a page joined to segments, in no particular order. */
export function joinRuns(runs: readonly TextRun[]): Segment[] {
  const segments: Segment[] = [];
  for (const row of rowsOf(withoutDoubles(runs))) {
    let open: TextRun[] = [];
    for (const run of row.sort((a, b) => a.x - b.x)) {
      const last = open.at(-1);
      const gap = last === undefined ? 0 : run.x - (last.x + last.width);
      if (last !== undefined && gap > COLUMN_GAP * Math.max(run.size, last.size)) {
        segments.push(toSegment(open));
        open = [];
      }
      open.push(run);
    }
    if (open.length > 0) segments.push(toSegment(open));
  }
  return segments;
}

/** Bold type is often made by printing the same letters twice, a hair apart. */
function withoutDoubles(runs: readonly TextRun[]): TextRun[] {
  const kept: TextRun[] = [];
  for (const run of runs) {
    const isDouble = ({ text, x, y }: TextRun): boolean =>
      text === run.text && Math.max(Math.abs(x - run.x), Math.abs(y - run.y)) < 0.2 * run.size;
    if (!kept.slice(-4).some(isDouble)) kept.push(run);
  }
  return kept;
}

function rowsOf(runs: readonly TextRun[]): TextRun[][] {
  const rows: TextRun[][] = [];
  let baseline = Number.NaN;
  for (const run of [...runs].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const isSame = Math.abs(run.y - baseline) < 0.3 * Math.max(run.size, 1);
    if (!isSame) {
      rows.push([]);
      baseline = run.y;
    }
    rows.at(-1)!.push(run);
  }
  return rows;
}

function toSegment(runs: readonly TextRun[]): Segment {
  const size = Math.max(...runs.map((run) => run.size));
  const baseline = runs[0]!.y;
  const gaps = runs.slice(1).map((run, at) => run.x - runs[at]!.x - runs[at]!.width);
  const usual = medianOf(gaps) ?? 0;
  let text = runs[0]!.text;
  for (const [at, gap] of gaps.entries()) {
    const after = runs[at + 1]!.text;
    // In justified lines all gaps are wide; a space is wider than the others.
    const isSpace = gap > SPACE_GAP * size && gap > 3 * usual + 0.05 * size;
    text = isSpace ? `${text.trimEnd()} ${after}` : joinText(text, after, gap > WORD_GAP * size);
  }
  const right = Math.max(...runs.map((run) => run.x + run.width));
  return {
    text: withoutLetterSpacing(text),
    left: runs[0]!.x,
    right: HANGING.test(text) ? right - 0.5 * size : right,
    top: baseline - 0.85 * size,
    bottom: baseline + 0.15 * size,
    baseline,
    size,
  };
}

/** `园 区 新 闻` → `园区新闻` */
function withoutLetterSpacing(text: string): string {
  return text.replace(/(?:\p{Script=Han} ){3,}\p{Script=Han}/gu, (run) => run.replaceAll(' ', ''));
}

/** Returns the upper median of numbers. */
export function medianOf(numbers: readonly number[]): number | undefined {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Returns two pieces joined: Latin words that stand apart with a space, Chinese without. */
export function joinText(before: string, after: string, isApart: boolean): string {
  const needsSpace = isApart && LATIN.test(before.slice(-1)) && LATIN.test(after.slice(0, 1));
  return before + (needsSpace ? ' ' : '') + after;
}
