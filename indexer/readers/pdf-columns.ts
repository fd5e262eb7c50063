import { medianOf, type Segment } from './pdf-lines.ts';

/** In em of the region's type: a white stripe this wide, from top to bottom, separates columns. */
const GUTTER = 0.7;
/** In em: how much a gap counts for more where one column meets several, as below a headline. */
const CHANGE_OF_COLUMNS = 0.4;
/** Type and gap above in em, width as a share of the region's. */
const HEADLINE = { size: 1.25, gap: 0.4, width: 0.35 } as const;
/** Layouts nest a few levels; deeper is noise. */
const MOST_CUTS = 200;
/** The search for the best line takes quadratic time. */
const MOST_FORCED = 2_000;

/**
 * Returns the segments of a page as blocks of one column each, in reading order. Where a white
 * stripe runs through a whole region, left comes before right; else the region is cut at its
 * highest white gap, and the parts are taken in turn (recursive X-Y cut: Nagy, Seth 1984).
 */
export function readingOrder(segments: readonly Segment[], cuts = 0): Segment[][] {
  if (segments.length === 0) return [];
  const em = medianOf(segments.map(({ size }) => size))!;
  if (cuts < MOST_CUTS) {
    const parts =
      splitAboveHeadline(segments, em) ??
      splitColumns(segments, em) ??
      splitStrips(segments, em) ??
      forceApart(segments, em);
    if (parts !== null) return parts.flatMap((part) => readingOrder(part, cuts + 1));
  }
  return [[...segments]];
}

/** A wide headline below other text begins a story, even where its columns run on from those above. */
function splitAboveHeadline(segments: readonly Segment[], em: number): Segment[][] | null {
  const strips = stripsOf(segments);
  const width = extent(segments);
  const at = strips.findIndex(
    (strip, index) =>
      beginsStory(strips, index, em) &&
      extent(strip.segments) >= HEADLINE.width * width &&
      strip.top - strips[index - 1]!.bottom >= HEADLINE.gap * em,
  );
  return at < 0 ? null : cutBefore(strips, at);
}

/** A strip of large type only, below one that is not. */
function beginsStory(strips: readonly Strip[], at: number, em: number): boolean {
  const isLarge = (strip: Strip): boolean =>
    strip.segments.every(({ size }) => size >= HEADLINE.size * em);
  return at > 0 && isLarge(strips[at]!) && !isLarge(strips[at - 1]!);
}

function extent(segments: readonly Segment[]): number {
  const left = Math.min(...segments.map((segment) => segment.left));
  return Math.max(...segments.map((segment) => segment.right)) - left;
}

function cutBefore(strips: readonly Strip[], at: number): Segment[][] {
  return [strips.slice(0, at), strips.slice(at)].map((part) =>
    part.flatMap((strip) => strip.segments),
  );
}

/** The parts left and right of each stripe; null where there is none. */
function splitColumns(segments: readonly Segment[], em: number): Segment[][] | null {
  const columns = columnsOf(segments, em);
  // Two words with a wide space make a stripe of one line; columns have more.
  return columns.filter((column) => countRows(column) > 1).length > 1 ? columns : null;
}

function columnsOf(segments: readonly Segment[], em: number): Segment[][] {
  const columns: Segment[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const segment of [...segments].sort((a, b) => a.left - b.left)) {
    if (segment.left - right >= GUTTER * em) columns.push([]);
    columns.at(-1)!.push(segment);
    right = Math.max(right, segment.right);
  }
  return columns;
}

function countRows(segments: readonly Segment[]): number {
  return new Set(segments.map((segment) => Math.round(segment.baseline / segment.size))).size;
}

/** The parts above and below the highest gap; null where all is one column, or no gap runs through. */
function splitStrips(segments: readonly Segment[], em: number): Segment[][] | null {
  const strips = stripsOf(segments);
  const counts = strips.map((strip) => columnsOf(strip.segments, em).length);
  if (counts.every((count) => count === 1)) return null;
  let best = 0;
  let bestGap = Number.NEGATIVE_INFINITY;
  for (let at = 1; at < strips.length; at++) {
    const changes = (counts[at] === 1) !== (counts[at - 1] === 1);
    const gap =
      strips[at]!.top -
      strips[at - 1]!.bottom +
      (changes ? CHANGE_OF_COLUMNS * em : 0) +
      (beginsStory(strips, at, em) ? em : 0);
    if (gap > bestGap) [best, bestGap] = [at, gap];
  }
  return best === 0 ? null : cutBefore(strips, best);
}

interface Strip {
  readonly segments: Segment[];
  readonly top: number;
  bottom: number;
}

/** What no white gap divides, from top to bottom. */
function stripsOf(segments: readonly Segment[]): Strip[] {
  const strips: Strip[] = [];
  for (const segment of [...segments].sort((a, b) => a.top - b.top)) {
    const last = strips.at(-1);
    if (last === undefined || segment.top >= last.bottom) {
      strips.push({ segments: [segment], top: segment.top, bottom: segment.bottom });
    } else {
      last.segments.push(segment);
      last.bottom = Math.max(last.bottom, segment.bottom);
    }
  }
  return strips;
}

/**
 * Where lines of different heights leave no gap of either kind, the upright line that crosses
 * the fewest segments parts them; what it crosses stays on the left.
 */
function forceApart(segments: readonly Segment[], em: number): Segment[][] | null {
  const isTooMany = segments.length > MOST_FORCED;
  if (isTooMany || countRows(segments) < 3 || columnsOf(segments, em).length > 1) return null;
  const isOneColumn = stripsOf(segments).every(
    (strip) => columnsOf(strip.segments, em).length === 1 && countRows(strip.segments) === 1,
  );
  if (isOneColumn) return null;
  let best: number | null = null;
  let fewest = segments.length / 5;
  for (const { left: line } of segments) {
    const crossed = segments.filter(({ left, right }) => left < line && right > line - GUTTER * em);
    const before = segments.filter(({ right }) => right <= line - GUTTER * em).length;
    if (before > 0 && crossed.length < fewest) [best, fewest] = [line, crossed.length];
  }
  if (best === null) return null;
  const line = best;
  return [segments.filter(({ left }) => left < line), segments.filter(({ left }) => left >= line)];
}
