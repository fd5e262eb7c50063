import { latestSeq } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import { createCandidateIndex } from './candidate-index.ts';
import { exactPairs } from './exact-pairs.ts';
import { openPrints } from './prints.ts';
import { readProgress, writeProgress } from './progress.ts';
import { regroup } from './regroup.ts';
import { isSameStory } from './same-story.ts';
import { STORY_COLUMNS, parseStoryRow } from './story.ts';
import { createStoryCache } from './story-cache.ts';

export interface DuplicateOptions {
  /** Compare every text with every other that may match, instead of those that MinHash proposes. */
  readonly exact?: boolean;
  /** Articles in one transaction, the unit of what an interruption loses; 5,000 unless given. */
  readonly batchSize?: number;
}

export interface DuplicateCounts {
  /** Groups of two or more articles in the whole store. */
  readonly groups: number;
  /** Articles with a preferred copy other than themselves, in the whole store. */
  readonly copies: number;
  /** Articles whose preferred copy changed in this call. */
  readonly changed: number;
}

const BATCH_SIZE = 5000;
/** A batch ends early at this many UTF-16 units of text, so that it fits into memory. */
const MOST_UNITS = 8_000_000;

interface News {
  readonly doc: number;
  readonly changed_seq: number;
  readonly text: string;
}

/**
 * Finds articles that tell the same story in the same words and sets `duplicate_of` of each copy to
 * the id of the preferred one. Handles only what changed since the last call, in transactions that
 * each leave the store consistent; the result does not depend on how the changes were cut into calls.
 */
export function groupDuplicates(store: Store, options: DuplicateOptions = {}): DuplicateCounts {
  const prints = openPrints(store);
  const stories = createStoryCache(prints);
  const candidates = createCandidateIndex(store);
  const gone = store.prepare<[], { doc: number }>(
    `SELECT doc FROM duplicate_members
     WHERE NOT EXISTS (SELECT 1 FROM articles WHERE articles.doc = duplicate_members.doc)`,
  );
  const news = store.prepare<[number, number], News>(
    `SELECT articles.doc, articles.changed_seq, ${STORY_COLUMNS}
     FROM articles LEFT JOIN duplicate_members AS member ON member.doc = articles.doc
     WHERE articles.changed_seq > ? AND member.seen_seq IS NOT articles.changed_seq
     ORDER BY articles.changed_seq LIMIT ?`,
  );

  function match(pairs: Iterable<readonly [number, number]>): number[] {
    const matched: number[] = [];
    for (const [print, other] of pairs) {
      const story = stories.get(print);
      const rival = stories.get(other);
      if (story === null || rival === null || !isSameStory(story, rival)) continue;
      if (prints.addMatch(print, other)) matched.push(print);
    }
    return matched;
  }

  function forgetGone(): number {
    return regroup(
      store,
      prints,
      gone.all().flatMap(({ doc }) => prints.forget(doc)),
    );
  }

  function takeNews(): { taken: number; changed: number } {
    const rows: News[] = [];
    let units = 0;
    for (const row of news.iterate(readProgress(store), options.batchSize ?? BATCH_SIZE)) {
      rows.push(row);
      units += row.text.length;
      if (units > MOST_UNITS) break;
    }
    const fresh = new Set<number>();
    const touched = new Set<number>();
    for (const row of rows) {
      const story = parseStoryRow(row);
      const recorded = prints.record(row.doc, row.changed_seq, story);
      stories.set(recorded.print, story);
      fresh.add(recorded.print);
      for (const print of recorded.touched) touched.add(print);
    }
    if (fresh.size > 0) match(candidates.pairsWith(fresh));
    const changed = regroup(store, prints, touched);
    writeProgress(store, rows.at(-1)?.changed_seq ?? latestSeq(store));
    return { taken: rows.length, changed };
  }

  let changed = store.transaction(forgetGone).immediate();
  for (let taken = 1; taken > 0;) {
    const step = store.transaction(takeNews).immediate();
    taken = step.taken;
    changed += step.changed;
  }
  if (options.exact === true)
    changed += store
      .transaction(() => regroup(store, prints, match(exactPairs(store, prints))))
      .immediate();
  return { ...countGroups(store), changed };
}

function countGroups(store: Store): { groups: number; copies: number } {
  return store
    .prepare<[], { groups: number; copies: number }>(
      'SELECT count(DISTINCT duplicate_of) AS groups, count(duplicate_of) AS copies FROM articles',
    )
    .get()!;
}
