import { allValues, firstRow, valueOf, type Store } from '../store/database.ts';
import { candidateKeys } from './candidate-index.ts';
import { isTiny } from './same-story.ts';
import type { Story } from './story.ts';
import { STORY_COLUMNS, parseStoryRow, storyKey } from './story.ts';

/** Texts this short say nothing of their own (“查看原文”); each stays alone. */
const LEAST_UNITS = 20;

/** What is stored of a text, and shared by all articles that no comparison can tell apart. */
export type Fingerprint = ReturnType<typeof fingerprintOf>;

/** The fingerprint of the story that the article tells. */
export function fingerprintOf(doc: number, story: Story) {
  const { size, firstDay, lastDay, titleKey } = story;
  const isAlone = isTiny(story) && story.title.length + story.body.length < LEAST_UNITS;
  return {
    key: isAlone ? `${storyKey(story)}-${doc}` : storyKey(story),
    facts: { size, firstDay, lastDay, titleKey },
    /** See {@link candidateKeys}. */
    keys: isAlone ? new Int32Array(0) : candidateKeys(story),
  };
}

export type Fingerprints = ReturnType<typeof openFingerprints>;

/** The tables of near-duplicate detection, fingerprints by their ids; the caller of what writes holds the transaction. */
export function openFingerprints(store: Store) {
  const insertFingerprint = store
    .prepare<unknown[], number>(
      `INSERT INTO duplicate_prints (key, size, first_day, last_day, title_key, keys)
       VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
    )
    .pluck();
  const deleteFingerprint = store.prepare(
    `DELETE FROM duplicate_prints WHERE id = ?
     AND NOT EXISTS (SELECT 1 FROM duplicate_members WHERE print = duplicate_prints.id)`,
  );
  const putMember = store.prepare(
    `INSERT INTO duplicate_members VALUES (?, ?, ?)
     ON CONFLICT (doc) DO UPDATE SET print = excluded.print, seen_seq = excluded.seen_seq`,
  );
  const deleteMember = store.prepare('DELETE FROM duplicate_members WHERE doc = ?');
  // An article edited since it was recorded would speak for a text that is no longer its own.
  const upToDate = `SELECT ${STORY_COLUMNS}
    FROM duplicate_members AS member JOIN articles ON articles.doc = member.doc
    WHERE member.print = ? AND articles.changed_seq = member.seen_seq LIMIT 1`;
  // Only between fingerprints that still exist: candidates may be named from memory.
  const insertMatch = store.prepare(
    `INSERT INTO duplicate_matches
     SELECT one.id, two.id FROM duplicate_prints AS one, duplicate_prints AS two
     WHERE one.id = ? AND two.id = ? ON CONFLICT DO NOTHING`,
  );

  const find = (key: string): number | undefined =>
    valueOf<number>(store, 'SELECT id FROM duplicate_prints WHERE key = ?', key);
  const memberOf = (doc: number): number | undefined =>
    valueOf<number>(store, 'SELECT print FROM duplicate_members WHERE doc = ?', doc);
  const matchesOf = (id: number): number[] =>
    allValues(store, 'SELECT other FROM duplicate_matches WHERE print = ?', id);

  function insert({ key, facts, keys }: Fingerprint): number {
    const { size, firstDay, lastDay, titleKey } = facts;
    const bytes = Buffer.from(keys.buffer);
    return insertFingerprint.get(key, size, firstDay, lastDay, titleKey, bytes)!;
  }

  function leave(id: number): number[] {
    const touched = [id, ...matchesOf(id)];
    deleteFingerprint.run(id);
    return touched;
  }

  return {
    /** The fingerprint of that key, if there is one. */
    find,
    /** Records what the article says now; returns its fingerprint and those whose groups this may change. */
    record(doc: number, seq: number, fingerprint: Fingerprint): { id: number; touched: number[] } {
      const id = find(fingerprint.key) ?? insert(fingerprint);
      const former = memberOf(doc);
      putMember.run(doc, id, seq);
      const touched = former === undefined || former === id ? [] : leave(former);
      return { id, touched: [id, ...touched] };
    },
    /** Forgets an article; returns the fingerprints whose groups this may change. */
    forget(doc: number): number[] {
      const former = memberOf(doc);
      deleteMember.run(doc);
      return former === undefined ? [] : leave(former);
    },
    /** The story of a fingerprint, or null when no article that is up to date tells it any more. */
    story(id: number): Story | null {
      const row = firstRow(store, upToDate, id);
      return row === undefined ? null : parseStoryRow(row);
    },
    matchesOf,
    /** Returns whether the match was not known yet. */
    addMatch(id: number, other: number): boolean {
      insertMatch.run(other, id);
      return insertMatch.run(id, other).changes > 0;
    },
  };
}
