/** What the choice of the preferred copy looks at. */
export interface Copy {
  readonly doc: number;
  readonly id: string;
  /** Of the running text, in characters. */
  readonly length: number;
  readonly layout: string;
  readonly confidence: number;
  readonly datePrecision: string;
  readonly firstDay: number | null;
}

/** Articles of one text, and the texts that tell the same story. */
export interface Candidate<C extends Copy = Copy> {
  readonly print: number;
  readonly copies: readonly C[];
  readonly matches: readonly number[];
}

/** A copy below this part of the longest one is truncated. */
const TRUNCATED = 0.7;
const PRECISIONS = ['day', 'month', 'year', 'unknown'];

/**
 * Groups the texts of one connected family: the best copy of all takes those that match it, the
 * best of the rest takes those that match that one, and so on. So each copy matches its preferred
 * copy itself, and no chain of small changes joins two stories. Yields each copy with the id of its
 * preferred copy, null for the preferred ones; depends on nothing but the family.
 */
export function* electPreferred<C extends Copy>(
  family: readonly Candidate<C>[],
): Generator<[C, string | null]> {
  let longest = 0;
  for (const { copies } of family)
    for (const { length } of copies) longest = Math.max(longest, length);
  const ranked = family
    .filter(({ copies }) => copies.length > 0)
    .map(({ print, copies, matches }) => {
      const [best, ...rest] = [...copies].sort((a, b) => comparePreference(a, b, longest));
      return { print, best: best!, rest, matches };
    })
    .sort((a, b) => comparePreference(a.best, b.best, longest));
  const byPrint = new Map(ranked.map((candidate) => [candidate.print, candidate]));
  const isTaken = new Set<number>();
  for (const { print, best, rest, matches } of ranked) {
    if (isTaken.has(print)) continue;
    isTaken.add(print);
    yield [best, null];
    for (const copy of rest) yield [copy, best.id];
    for (const match of matches) {
      const taken = byPrint.get(match);
      if (taken === undefined || isTaken.has(match)) continue;
      isTaken.add(match);
      for (const copy of [taken.best, ...taken.rest]) yield [copy, best.id];
    }
  }
}

/** Below zero when `a` is the better copy; the rules in order, the first that differs decides. */
function comparePreference(a: Copy, b: Copy, longest: number): number {
  const isTruncated = (copy: Copy) => Number(copy.length < TRUNCATED * longest);
  return (
    isTruncated(a) - isTruncated(b) ||
    Number(a.layout !== 'story') - Number(b.layout !== 'story') ||
    // In tenths: the splitter is not surer than that, and the choice should not flicker.
    Math.round(10 * b.confidence) - Math.round(10 * a.confidence) ||
    PRECISIONS.indexOf(a.datePrecision) - PRECISIONS.indexOf(b.datePrecision) ||
    (a.firstDay ?? Infinity) - (b.firstDay ?? Infinity) ||
    a.doc - b.doc
  );
}
