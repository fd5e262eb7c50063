import { latestSeq } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import type { CandidateIndex, Newcomer } from './candidate-index.ts';
import type { Pause } from '../core/yield-to-event-loop.ts';
import type { Imprint, Prints } from './prints.ts';
import { imprintOf } from './prints.ts';
import { readProgress } from './progress.ts';
import type { Pair } from './matches.ts';
import { findMatches } from './matches.ts';
import { STORY_COLUMNS, parseStoryRow } from './story.ts';
import { createStoryCache } from './story-cache.ts';

/** A batch ends early at this many UTF-16 units of text, so that it fits into memory. */
const MOST_UNITS = 8_000_000;

interface NewsRow {
  readonly doc: number;
  readonly changed_seq: number;
  readonly text: string;
}

/** Articles that changed since the last batch, in the order of their changes. */
export interface News {
  readonly rows: readonly NewsRow[];
  /** The change number up to which duplicates are handled once this batch is. */
  readonly upTo: number;
}

/** What articles of a batch say, and which texts tell the same story. */
export interface ComparedNews {
  readonly articles: readonly { doc: number; seq: number; id: number; imprint: Imprint }[];
  /** Pairs of prints; one below zero is the `id` of an article in this batch. */
  readonly matches: readonly Pair[];
}

/** How many articles have changed, or are new, since duplicates were last handled. */
export function countNews(store: Store): number {
  return store
    .prepare<[number], number>('SELECT count(*) FROM articles WHERE changed_seq > ?')
    .pluck()
    .get(readProgress(store))!;
}

/** Up to `most` articles; none when all changes are handled. The caller holds the transaction. */
export function readNews(store: Store, most: number): News {
  const news = store.prepare<[number, number], NewsRow>(
    `SELECT articles.doc, articles.changed_seq, ${STORY_COLUMNS}
     FROM articles LEFT JOIN duplicate_members AS member ON member.doc = articles.doc
     WHERE articles.changed_seq > ? AND member.seen_seq IS NOT articles.changed_seq
     ORDER BY articles.changed_seq LIMIT ?`,
  );
  const rows: NewsRow[] = [];
  let units = 0;
  for (const row of news.iterate(readProgress(store), most)) {
    rows.push(row);
    units += row.text.length;
    if (units > MOST_UNITS) break;
  }
  return { rows, upTo: rows.at(-1)?.changed_seq ?? latestSeq(store) };
}

/**
 * Compares the articles with each other and with all that is stored, and writes nothing: it may take
 * long, and what becomes of the articles meanwhile is the news of a later batch.
 */
export async function compareNews(
  rows: readonly NewsRow[],
  prints: Prints,
  candidates: CandidateIndex,
  pause: Pause,
): Promise<ComparedNews> {
  const rowOf = new Map<number, NewsRow>();
  const stories = createStoryCache((id) => {
    const row = rowOf.get(id);
    return row === undefined ? prints.story(id) : parseStoryRow(row);
  });
  const texts = new Map<string, Newcomer>();
  const articles: ComparedNews['articles'][number][] = [];
  for (const row of rows) {
    const story = parseStoryRow(row);
    const imprint = imprintOf(row.doc, story);
    let text = texts.get(imprint.key);
    if (text === undefined) {
      text = { ...imprint, id: prints.find(imprint.key) ?? -1 - texts.size };
      texts.set(imprint.key, text);
      rowOf.set(text.id, row);
      stories.set(text.id, story);
    }
    articles.push({ doc: row.doc, seq: row.changed_seq, id: text.id, imprint });
    await pause();
  }

  const newcomers = [...texts.values()];
  const candidatesOf = await candidates.candidatesOf(newcomers, pause);
  function* pairs(): Generator<Pair> {
    for (const [at, others] of candidatesOf.entries())
      for (const other of others) yield [newcomers[at]!.id, other];
  }
  return { articles, matches: await findMatches(pairs(), stories, pause) };
}
