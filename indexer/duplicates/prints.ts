import type { Store } from '../store/database.ts';
import { candidateKeys } from './candidate-index.ts';
import { isTiny } from './same-story.ts';
import type { Story, StoryFacts } from './story.ts';
import { STORY_COLUMNS, parseStoryRow, storyKey } from './story.ts';

/** Texts this short say nothing of their own (“查看原文”); each stays alone. */
const LEAST_UNITS = 20;

/** What is stored of a text, and shared by all articles that no comparison can tell apart. */
export interface Imprint {
  readonly key: string;
  readonly facts: StoryFacts;
  /** See {@link candidateKeys}. */
  readonly keys: Int32Array;
}

export interface Prints {
  /** The print of that key, or null when there is none yet. */
  readonly find: (key: string) => number | null;
  /** Records what the article says now; returns its print and the prints whose groups this may change. */
  readonly record: (
    doc: number,
    seq: number,
    imprint: Imprint,
  ) => { print: number; touched: number[] };
  /** Forgets an article; returns the prints whose groups this may change. */
  readonly forget: (doc: number) => number[];
  /** The story of a print, or null when no article that is up to date tells it any more. */
  readonly story: (print: number) => Story | null;
  readonly matchesOf: (print: number) => number[];
  /** Returns whether the match was not known yet. */
  readonly addMatch: (print: number, other: number) => boolean;
}

/** The imprint of the story that the article tells. */
export function imprintOf(doc: number, story: Story): Imprint {
  const { size, firstDay, lastDay, titleKey } = story;
  const isAlone = isTiny(story) && story.title.length + story.body.length < LEAST_UNITS;
  return {
    key: isAlone ? `${storyKey(story)}-${doc}` : storyKey(story),
    facts: { size, firstDay, lastDay, titleKey },
    keys: isAlone ? new Int32Array(0) : candidateKeys(story),
  };
}

/** The tables of near-duplicate detection; the caller of what writes holds the transaction. */
export function openPrints(store: Store): Prints {
  const byKey = store.prepare<[string], { id: number }>(
    'SELECT id FROM duplicate_prints WHERE key = ?',
  );
  const insertPrint = store.prepare<unknown[], { id: number }>(
    `INSERT INTO duplicate_prints (key, size, first_day, last_day, title_key, keys)
     VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
  );
  const deletePrint = store.prepare(
    `DELETE FROM duplicate_prints WHERE id = ?
     AND NOT EXISTS (SELECT 1 FROM duplicate_members WHERE print = duplicate_prints.id)`,
  );
  const memberOf = store.prepare<[number], { print: number }>(
    'SELECT print FROM duplicate_members WHERE doc = ?',
  );
  const putMember = store.prepare(
    `INSERT INTO duplicate_members VALUES (?, ?, ?)
     ON CONFLICT (doc) DO UPDATE SET print = excluded.print, seen_seq = excluded.seen_seq`,
  );
  const deleteMember = store.prepare('DELETE FROM duplicate_members WHERE doc = ?');
  // An article edited since it was recorded would speak for a text that is no longer its own.
  const upToDate = store.prepare(
    `SELECT ${STORY_COLUMNS} FROM duplicate_members AS member JOIN articles ON articles.doc = member.doc
     WHERE member.print = ? AND articles.changed_seq = member.seen_seq LIMIT 1`,
  );
  const others = store.prepare<[number], { other: number }>(
    'SELECT other FROM duplicate_matches WHERE print = ?',
  );
  // Only between prints that still exist: candidates may be named from memory.
  const insertMatch = store.prepare(
    `INSERT INTO duplicate_matches
     SELECT one.id, two.id FROM duplicate_prints AS one, duplicate_prints AS two
     WHERE one.id = ? AND two.id = ? ON CONFLICT DO NOTHING`,
  );
  const matchesOf = (print: number): number[] => others.all(print).map((row) => row.other);

  const find = (key: string): number | null => byKey.get(key)?.id ?? null;

  function insert({ key, facts, keys }: Imprint): number {
    const { size, firstDay, lastDay, titleKey } = facts;
    return insertPrint.get(key, size, firstDay, lastDay, titleKey, Buffer.from(keys.buffer))!.id;
  }

  function leave(print: number): number[] {
    const touched = [print, ...matchesOf(print)];
    deletePrint.run(print);
    return touched;
  }

  return {
    find,
    record(doc, seq, imprint) {
      const print = find(imprint.key) ?? insert(imprint);
      const former = memberOf.get(doc)?.print;
      putMember.run(doc, print, seq);
      const touched = former === undefined || former === print ? [] : leave(former);
      return { print, touched: [print, ...touched] };
    },
    forget(doc) {
      const former = memberOf.get(doc)?.print;
      deleteMember.run(doc);
      return former === undefined ? [] : leave(former);
    },
    story(print) {
      const row = upToDate.get(print);
      return row === undefined ? null : parseStoryRow(row);
    },
    matchesOf,
    addMatch(print, other) {
      insertMatch.run(other, print);
      return insertMatch.run(print, other).changes > 0;
    },
  };
}
