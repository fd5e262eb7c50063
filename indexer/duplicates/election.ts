import { nextSeq } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import type { Fingerprints } from './fingerprints.ts';

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
  /** The id of their fingerprint. */
  readonly fingerprint: number;
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
  const longest = family
    .flatMap(({ copies }) => copies)
    .reduce((most, { length }) => Math.max(most, length), 0);
  const ranked = family
    .filter(({ copies }) => copies.length > 0)
    .map(({ fingerprint, copies, matches }) => {
      const [best, ...rest] = [...copies].sort((a, b) => comparePreference(a, b, longest));
      return { fingerprint, best: best!, rest, matches };
    })
    .sort((a, b) => comparePreference(a.best, b.best, longest));
  const byFingerprint = new Map(ranked.map((candidate) => [candidate.fingerprint, candidate]));
  const isTaken = new Set<number>();
  for (const { fingerprint, best, rest, matches } of ranked) {
    if (isTaken.has(fingerprint)) continue;
    isTaken.add(fingerprint);
    yield [best, null];
    for (const copy of rest) yield [copy, best.id];
    for (const match of matches) {
      const taken = byFingerprint.get(match);
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

interface StoredCopy extends Copy {
  readonly duplicateOf: string | null;
  /** The article has not changed since its text was recorded. */
  readonly isUpToDate: 0 | 1;
}

/**
 * Elects the preferred copies anew in every family that one of these fingerprints belongs to, writes what
 * differs, and returns how many articles that were. The caller holds the transaction.
 */
export function regroup(
  store: Store,
  fingerprints: Fingerprints,
  touched: Iterable<number>,
): number {
  const copiesOf = store.prepare<[number], StoredCopy>(
    `SELECT articles.doc, articles.id, length(articles.text) AS length, pages.layout,
       coalesce(articles.details ->> '$.confidence', 0) AS confidence,
       articles.date_precision AS datePrecision, articles.first_day AS firstDay,
       articles.duplicate_of AS duplicateOf, articles.changed_seq = member.seen_seq AS isUpToDate
     FROM duplicate_members AS member JOIN articles ON articles.doc = member.doc
       JOIN pages ON pages.id = articles.page_id
     WHERE member.print = ?`,
  );
  const update = store.prepare(
    'UPDATE articles SET duplicate_of = ?, changed_seq = ? WHERE doc = ?',
  );
  // Our own change of an article is no news to us.
  const markSeen = store.prepare('UPDATE duplicate_members SET seen_seq = ? WHERE doc = ?');
  const visited = new Set<number>();
  let changed = 0;
  for (const start of touched) {
    const family: Candidate<StoredCopy>[] = [];
    const waiting = [start];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (visited.has(id)) continue;
      visited.add(id);
      const matches = fingerprints.matchesOf(id);
      family.push({ fingerprint: id, copies: copiesOf.all(id), matches });
      waiting.push(...matches);
    }
    for (const [copy, preferred] of electPreferred(family)) {
      if (copy.duplicateOf === preferred) continue;
      const seq = nextSeq(store);
      update.run(preferred, seq, copy.doc);
      if (copy.isUpToDate === 1) markSeen.run(seq, copy.doc);
      changed += 1;
    }
  }
  return changed;
}
