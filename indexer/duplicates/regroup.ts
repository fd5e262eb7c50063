import type { Store } from '../store/database.ts';
import { nextSeq } from '../store/changes.ts';
import type { Candidate, Copy } from './election.ts';
import { electPreferred } from './election.ts';
import type { Prints } from './prints.ts';

interface StoredCopy extends Copy {
  readonly duplicateOf: string | null;
  /** The article has not changed since its text was recorded. */
  readonly isUpToDate: 0 | 1;
}

/**
 * Elects the preferred copies anew in every family that one of these prints belongs to, writes what
 * differs, and returns how many articles that were. The caller holds the transaction.
 */
export function regroup(store: Store, prints: Prints, touched: Iterable<number>): number {
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
    for (let print = waiting.pop(); print !== undefined; print = waiting.pop()) {
      if (visited.has(print)) continue;
      visited.add(print);
      const matches = prints.matchesOf(print);
      family.push({ print, copies: copiesOf.all(print), matches });
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
