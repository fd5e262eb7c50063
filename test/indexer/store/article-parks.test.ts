import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  articlesByGroup,
  docsNaming,
  parkCounts,
  coMentionedParks,
} from '../../../indexer/store/article-parks.ts';
import { openStore, type Store } from '../../../indexer/store/database.ts';
import { migrations } from '../../../indexer/store/schema.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'park-news-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Inserts an article that names these parks; returns its document id. */
function addArticle(store: Database.Database, id: string, parks: readonly string[]): number {
  store.prepare(`INSERT OR IGNORE INTO files VALUES (1, 'a.txt', '', 1, 0, '2022-01-01')`).run();
  store.prepare(`INSERT OR IGNORE INTO pages VALUES (1, 1, '', '', '', '', '', '')`).run();
  const added = store
    .prepare(
      `INSERT INTO articles (id, file_id, page_id, position, title, text, details, date_precision,
         kind, parks, content_hash, changed_seq)
       VALUES (?, 1, 1, 0, '', '', '{}', 'unknown', 'story', ?, '', 1)`,
    )
    .run(id, json(parks));
  return Number(added.lastInsertRowid);
}

const json = (parks: readonly string[]) =>
  JSON.stringify(parks.map((id) => ({ id, name: id, listed: true, mentions: 1 })));

function withStore(use: (store: Store) => void): void {
  const store = openStore(folder);
  use(store);
  store.close();
}

describe('article_parks', () => {
  it('follows articles that are added, changed and removed', () => {
    withStore((store) => {
      const first = addArticle(store, 'one', ['a', 'b']);
      const second = addArticle(store, 'two', ['a']);
      expect(parkCounts(store)).toEqual([
        { id: 'a', articles: 2 },
        { id: 'b', articles: 1 },
      ]);
      store.prepare('UPDATE articles SET parks = ? WHERE doc = ?').run(json(['c', 'c']), first);
      expect(parkCounts(store)).toEqual([
        { id: 'a', articles: 1 },
        { id: 'c', articles: 1 },
      ]);
      store.prepare('DELETE FROM articles WHERE doc = ?').run(second);
      expect(docsNaming(store, 'a')).toEqual([]);
      store.prepare('DELETE FROM files').run();
      expect(parkCounts(store)).toEqual([]);
    });
  });

  it('knows the articles of a store that is older than itself', () => {
    const old = new Database(join(folder, 'articles.sqlite'));
    const before = migrations.findIndex((sql) => sql.includes('CREATE TABLE article_parks'));
    for (const migration of migrations.slice(0, before)) old.exec(migration);
    old.pragma(`user_version = ${before}`);
    const doc = addArticle(old, 'one', ['a', 'b', 'a']);
    old.close();
    withStore((store) => expect(docsNaming(store, 'a')).toEqual([doc]));
  });
});

describe('coMentionedParks', () => {
  it('counts the articles that name both, most first', () => {
    withStore((store) => {
      addArticle(store, 'one', ['a', 'b', 'c']);
      addArticle(store, 'two', ['c', 'a']);
      addArticle(store, 'three', ['b']);
      const expected = [
        { id: 'c', articles: 2 },
        { id: 'b', articles: 1 },
      ];
      expect(coMentionedParks(store, 'a', 5)).toEqual(expected);
      expect(coMentionedParks(store, 'a', 1)).toEqual(expected.slice(0, 1));
    });
  });
});

describe('articlesByGroup', () => {
  it('counts an article once, however many parks of the group it names', () => {
    withStore((store) => {
      addArticle(store, 'one', ['a', 'b', 'x']);
      addArticle(store, 'two', ['c']);
      const provinces = new Map([
        ['a', '贵州'],
        ['b', '贵州'],
        ['c', '贵州'],
        ['d', '云南'],
      ]);
      expect(articlesByGroup(store, provinces)).toEqual([{ group: '贵州', articles: 2 }]);
    });
  });
});
