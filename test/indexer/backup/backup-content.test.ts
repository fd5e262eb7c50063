import { copyFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadGazetteer } from '../../../config/gazetteer.ts';
import { createAnnotators } from '../../../indexer/annotators/annotators.ts';
import { loadContinuationModel } from '../../../indexer/articles/continuation-model.ts';
import { makeBackup } from '../../../indexer/backup/make-backup.ts';
import { restoreBackup } from '../../../indexer/backup/restore-backup.ts';
import { ingestFiles } from '../../../indexer/ingest/ingest-files.ts';
import { createPagePreparer } from '../../../indexer/ingest/prepare-page.ts';
import { allArticles } from '../../../indexer/store/articles.ts';
import { openStore } from '../../../indexer/store/database.ts';
import { temporaryFolder } from '../../service-for-tests.ts';

const preparePage = createPagePreparer(loadContinuationModel(), createAnnotators(loadGazetteer()));
const quietly = () => undefined;
const DERIVED = ['indexes', 'vocabulary', 'ranking_texts', 'article_grams'];

let folder: string;
let dataDir: string;
let backup: string;
beforeAll(async () => {
  folder = temporaryFolder();
  dataDir = join(folder, 'data');
  backup = join(folder, 'whole.backup');
  const records = Array.from({ length: 20 }, (_, n) =>
    JSON.stringify({ title: `第${n}篇`, text: `贵阳高新区第${n}家企业投产。`, date: '2023-05-06' }),
  );
  writeFileSync(join(folder, 'in.jsonl'), records.join('\n'));
  const store = openStore(dataDir);
  await ingestFiles([join(folder, 'in.jsonl')], { store, preparePage });
  addPostings(store);
  store.close();
  await makeBackup(dataDir, backup, quietly);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What an index leaves in the store that it was made of. */
function addPostings(store: Database.Database): void {
  store.exec(`
    INSERT INTO indexes VALUES ('articles-x', 'f', 1, 1, '2024-01-01');
    INSERT INTO article_grams (rowid, grams) VALUES (1, hex(randomblob(2000000)));
    INSERT INTO vocabulary VALUES ('articles-x', '园区', 3);
    INSERT INTO ranking_texts (doc, changed_seq, body_start, cuts, text)
      VALUES (1, 1, 0, x'00', x'00');
  `);
}

function rowsOf(file: string): Record<string, number> {
  const store = new Database(file, { readonly: true });
  try {
    return Object.fromEntries(
      DERIVED.map((table) => [
        table,
        Number(store.prepare(`SELECT count(*) FROM ${table}`).pluck().get()),
      ]),
    );
  } finally {
    store.close();
  }
}
const nothing = Object.fromEntries(DERIVED.map((table) => [table, 0]));

function spoilt(name: string, sql: string): string {
  const file = join(folder, name);
  copyFileSync(backup, file);
  const database = new Database(file);
  database.exec(sql);
  database.close();
  return file;
}

describe('a backup', () => {
  it('leaves out what can be made again, and is its owner’s only', () => {
    expect(rowsOf(backup)).toEqual(nothing);
    expect(statSync(backup).size).toBeLessThan(1_000_000);
    expect(statSync(backup).mode & 0o077).toBe(0);
  });

  it.each([
    ['a falsified title', `UPDATE articles SET title = '假' WHERE doc = 3`],
    ['a falsified text', `UPDATE articles SET text = replace(text, '投产', '停产')`],
    ['an article less', `DELETE FROM articles WHERE doc = 3`],
    ['a page that says something else', `UPDATE pages SET text = '假' WHERE id = 2`],
    ['two values that changed places', `UPDATE pages SET place = hash, hash = place`],
    [
      'an added saved search',
      `INSERT INTO saved_searches (id, name, query, token_hash, created_at, updated_at) VALUES ('a', 'b', 'c', 'd', 'e', 'f')`,
    ],
    ['another word list', `UPDATE backup_word_lists SET content = content || '假'`],
    ['another time', `UPDATE backup SET made_at = '2020-01-01'`],
    ['an added trigger', `CREATE TRIGGER t AFTER INSERT ON files BEGIN DELETE FROM articles; END`],
    ['an added table', `CREATE TABLE t (a)`],
    ['another checksum', `UPDATE backup_checksum SET sha256 = lower(sha256) || '0'`],
    ['an older version', `PRAGMA user_version = 5`],
  ])('with %s is refused, and nothing is touched', async (name, sql) => {
    const file = spoilt(`${name}.backup`, sql);
    const target = join(folder, name);
    await expect(restoreBackup(file, target, { force: true }, quietly)).rejects.toThrow(
      /与它的校验和不符.*没有动用/u,
    );
    expect(statSync(join(target, 'articles.sqlite'), { throwIfNoEntry: false })).toBeUndefined();
  });

  it('that is whole is restored, whatever order its pages have', async () => {
    const file = spoilt('moved.backup', 'VACUUM');
    const target = join(folder, 'restored');
    expect(await restoreBackup(file, target, { force: false }, quietly)).toMatchObject({
      isProven: true,
      articles: 20,
    });
    const [before, after] = [openStore(dataDir), openStore(target)];
    expect([...allArticles(after)]).toEqual([...allArticles(before)]);
    before.close();
    after.close();
    expect(statSync(join(target, 'articles.sqlite')).mode & 0o077).toBe(0);
  });

  it('of an earlier version is restored without its postings, and known for unproven', async () => {
    const file = join(folder, 'old.backup');
    copyFileSync(backup, file);
    const old = new Database(file);
    old.exec('DROP TABLE backup_checksum');
    addPostings(old);
    old.close();
    const target = join(folder, 'old');
    const restored = await restoreBackup(file, target, { force: false }, quietly);
    expect(restored).toMatchObject({ isProven: false, articles: 20 });
    expect(rowsOf(join(target, 'articles.sqlite'))).toEqual(nothing);
  });

  it('takes the place of a store that was emptied, without being forced', async () => {
    const target = join(folder, 'emptied');
    openStore(target).close();
    writeFileSync(join(target, 'articles.sqlite'), '');
    expect(await restoreBackup(backup, target, { force: false }, quietly)).toMatchObject({
      articles: 20,
    });
  });
});
