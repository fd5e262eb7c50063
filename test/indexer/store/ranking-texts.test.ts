import Database from 'better-sqlite3';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../indexer/store/database.ts';
import {
  keepRankingTexts,
  openRankingTexts,
  packCuts,
  type RankingText,
} from '../../../indexer/store/ranking-texts.ts';
import { migrations } from '../../../indexer/store/schema.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'park-news-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kept: RankingText = {
  doc: 1,
  changedSeq: 7,
  text: '贵阳高新区\n开工',
  bodyStart: 6,
  cuts: packCuts([0, 2, 6], 8),
  primaryPark: 'guiyang-hnz',
  firstDay: 19_000,
};

describe('ranking texts', () => {
  it('are read as they were kept, whatever characters they hold', () => {
    const store = openStore(folder);
    const texts = openRankingTexts(store);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, isSplit) => {
        const article = { ...kept, text: isSplit ? `${text}\ud83c` : text };
        keepRankingTexts(store, [article]);
        const read = texts.read(1)!;
        expect({ ...read, cuts: [...read.cuts] }).toEqual({ ...article, cuts: [...kept.cuts] });
      }),
    );
    store.close();
  });

  it('are taken over from a store that held them otherwise', () => {
    const old = new Database(join(folder, 'articles.sqlite'));
    const before = migrations.findIndex((sql) => sql.includes('CREATE TABLE texts_to_rank'));
    for (const migration of migrations.slice(0, before)) old.exec(migration);
    old.pragma(`user_version = ${before}`);
    old.exec(`
      INSERT INTO files VALUES (1, 'a.txt', '', 1, 0, '2022-01-01');
      INSERT INTO pages VALUES (1, 1, '', '', '', '', '', '');
      INSERT INTO articles (doc, id, file_id, page_id, position, title, text, details,
        date_precision, first_day, kind, parks, content_hash, changed_seq)
      VALUES (1, 'one', 1, 1, 0, '', '', '{}', 'day', 19000, 'story', '[{"id":"guiyang-hnz"}]', '', 7);
    `);
    old
      .prepare('INSERT INTO ranking_texts VALUES (1, 7, ?, 6, ?)')
      .run(kept.text, Buffer.from(kept.cuts));
    old.close();
    const store = openStore(folder);
    const read = openRankingTexts(store).read(1)!;
    expect({ ...read, cuts: [...read.cuts] }).toEqual({ ...kept, cuts: [...kept.cuts] });
    store.close();
  });
});
