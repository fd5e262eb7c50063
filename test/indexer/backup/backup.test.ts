import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBackup } from '../../../indexer/backup/make-backup.ts';
import { restoreBackup } from '../../../indexer/backup/restore-backup.ts';
import { countFindings } from '../../../indexer/store/findings.ts';
import { recordFindings } from '../../../indexer/ingest/file-intake.ts';
import { openStore } from '../../../indexer/store/database.ts';
import { searchResponseSchema } from '../../../server/api/search-schema.ts';
import { savedSearchClient } from '../../server/saved-search-client.ts';
import type { TestService } from '../../service-for-tests.ts';
import { startTestService, temporaryFolder } from '../../service-for-tests.ts';
import { copyWordLists, editWordList } from '../../word-lists-for-tests.ts';

const root = resolve(import.meta.dirname, '../../..');
const quietly = () => undefined;
const execute = promisify(execFile);

let folder: string;
let dataDir: string;
let service: TestService;
let backup: string;
let saved: { readonly id: string; readonly token: string };
let exported: { readonly csv: string; readonly jsonl: string };
let found: readonly string[];

beforeAll(async () => {
  folder = temporaryFolder();
  dataDir = join(folder, 'data');
  service = await startTestService({ DATA_DIR: dataDir });
  saved = await savedSearchClient(service.address).save('春天', 'q=营商环境');
  exported = await exportsOf(dataDir);
  found = await idsFor(service, '贵阳高新区');
  backup = join(folder, 'whole.backup');
  const { stderr } = await command(['backup', backup], dataDir);
  expect(stderr).toMatch(
    /已备份 148 篇文章、1 个保存的检索和词表到 .*whole\.backup（[\d.]+ MB，已核对）/u,
  );
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function command(
  args: readonly string[],
  dir: string,
  more: Readonly<Record<string, string>> = {},
) {
  const { PATH, HOME } = process.env;
  const environment = { PATH, HOME, DATA_DIR: dir, ...more };
  return execute(process.execPath, ['--import', 'tsx', 'indexer/cli.ts', ...args], {
    cwd: root,
    env: environment,
    maxBuffer: 64 << 20,
  });
}

async function exportsOf(dir: string) {
  const [csv, jsonl] = await Promise.all(
    ['csv', 'jsonl'].map((format) => command(['export', '--format', format], dir)),
  );
  return { csv: csv!.stdout, jsonl: jsonl!.stdout };
}

async function idsFor({ address }: TestService, q: string): Promise<string[]> {
  const response = await fetch(`${address}/api/search?size=50&q=${encodeURIComponent(q)}`);
  return searchResponseSchema.parse(await response.json()).hits.map(({ id }) => id);
}

describe('a backup', () => {
  it('made beside the running service makes an empty machine the same', async () => {
    const fresh = join(folder, 'fresh');
    const { stderr } = await command(['restore', backup], fresh);
    expect(stderr).toMatch(/已恢复 .*148 篇文章、1 个保存的检索/u);
    expect(await exportsOf(fresh)).toEqual(exported);
    expect(exported.jsonl.split('\n')).toHaveLength(149);

    const restored = await startTestService({ DATA_DIR: fresh });
    try {
      expect(await idsFor(restored, '贵阳高新区')).toEqual(found);
      const client = savedSearchClient(restored.address);
      const path = `/api/saved-searches/${saved.id}`;
      expect((await client.send('GET', path)).status).toBe(200);
      expect((await client.send('DELETE', path, { token: 'wrong' })).status).toBe(403);
      expect((await client.send('DELETE', path, { token: saved.token })).status).toBe(204);
    } finally {
      await restored.stop();
    }
  });

  it('brings the word lists back when that is asked for, and only then', async () => {
    const lists = join(folder, 'lists');
    copyWordLists(lists);
    editWordList(lists, 'synonyms.txt', (content) => `${content}\n蜂蜜 => 跨境电商\n`);
    const withLists = join(folder, 'with-lists.backup');
    await command(['backup', withLists], dataDir, { WORD_LISTS: lists });
    copyWordLists(lists);
    const synonyms = () => readFileSync(join(lists, 'synonyms.txt'), 'utf8');
    const fresh = join(folder, 'fresh-lists');
    const told = await command(['restore', withLists], fresh, { WORD_LISTS: lists });
    expect(told.stderr).toMatch(/synonyms\.txt 与现在的不同，没有动.*--word-lists --force/u);
    expect(synonyms()).not.toContain('蜂蜜');
    const again = ['restore', withLists, '--word-lists', '--force'];
    const brought = await command(again, fresh, { WORD_LISTS: lists });
    expect(brought.stderr).toMatch(/词表也已恢复：config\/synonyms\.txt。/u);
    expect(synonyms()).toContain('蜂蜜 => 跨境电商');
    expect(readFileSync('config/synonyms.txt', 'utf8')).not.toContain('蜂蜜');
  });

  it('is of one moment, however much is written meanwhile', async () => {
    const store = openStore(dataDir);
    const file = join(folder, 'busy.backup');
    let writes = 0;
    try {
      const before = countFindings(store).doubtful;
      await makeBackup(dataDir, file, () => {
        writes += 1;
        const finding = {
          type: 'finding',
          severity: 'doubtful',
          place: '',
          reason: '',
          remedy: '',
        } as const;
        recordFindings(store, `f${writes}`, [{ ...finding, file: `f${writes}` }]);
      });
      expect(writes).toBeGreaterThan(0);
      const copy = new Database(file, { readonly: true });
      expect(countFindings(copy).doubtful).toBe(before);
      expect(countFindings(store).doubtful).toBe(before + writes);
      copy.close();
    } finally {
      store.close();
    }
  });

  it('replaces an earlier backup, and nothing else', async () => {
    const file = join(folder, 'again.backup');
    copyFileSync(backup, file);
    await makeBackup(dataDir, file, quietly);
    const letter = join(folder, 'letter.txt');
    writeFileSync(letter, '一封信，不是备份。'.repeat(100));
    await expect(makeBackup(dataDir, letter, quietly)).rejects.toThrow('不是本程序的备份');
    expect(readFileSync(letter, 'utf8')).toContain('一封信');
  });

  it('leaves nothing half-made behind when it fails', async () => {
    const nowhere = join(folder, 'nowhere');
    mkdirSync(nowhere);
    await expect(makeBackup(nowhere, join(nowhere, 'x.backup'), quietly)).rejects.toThrow(
      '打不开文章库',
    );
    expect(readdirSync(nowhere)).toEqual([]);
  });
});

describe('restoring', () => {
  const restore = (file: string, dir: string, force = false) =>
    restoreBackup(file, dir, { force }, quietly);

  it('refuses while the service runs, forced or not', async () => {
    for (const force of [false, true])
      await expect(restore(backup, dataDir, force)).rejects.toThrow(/正在使用中/u);
    expect(await idsFor(service, '贵阳高新区')).toEqual(found);
  });

  it('refuses a store that holds something, unless forced, and then keeps it', async () => {
    const dir = join(folder, 'full');
    await restore(backup, dir);
    const store = openStore(dir);
    store.prepare("UPDATE articles SET title = '改过'").run();
    store.close();
    await expect(restore(backup, dir)).rejects.toThrow(/没有覆盖.*--force/u);
    const { former } = await restore(backup, dir, true);
    const kept = new Database(former!, { readonly: true });
    expect(kept.prepare('SELECT DISTINCT title FROM articles').pluck().all()).toEqual(['改过']);
    kept.close();
    expect((await exportsOf(dir)).jsonl).toBe(exported.jsonl);
  });

  it('replaces a store that can no longer be read when forced', async () => {
    const dir = join(folder, 'damaged');
    mkdirSync(dir);
    writeFileSync(join(dir, 'articles.sqlite'), 'x'.repeat(10_000));
    await expect(restore(backup, dir)).rejects.toThrow(/--force/u);
    await restore(backup, dir, true);
    expect((await exportsOf(dir)).jsonl).toBe(exported.jsonl);
  });

  const flip = (file: string) => {
    const bytes = readFileSync(file);
    // In the middle of every page, so that one of them is sure to be in use.
    for (let at = 4096 + 100; at < bytes.length; at += 4096) bytes[at] = bytes[at]! ^ 0xff;
    writeFileSync(file, bytes);
  };
  it.each([
    ['is cut short', (file: string) => truncateSync(file, 40_000), /损坏|打不开/u],
    ['has flipped bytes', flip, /损坏|打不开/u],
    [
      'is another file',
      (file: string) => writeFileSync(file, '不是'.repeat(999)),
      /不是本程序的备份/u,
    ],
    [
      'is another database',
      (file: string) => makeDatabase(file, 'CREATE TABLE t (a)'),
      /不是本程序的备份/u,
    ],
    [
      'is a store, not a backup',
      (file: string) => makeDatabase(file, 'DROP TABLE backup', backup),
      /不是本程序的备份/u,
    ],
    [
      'is from a newer version',
      (file: string) => makeDatabase(file, 'PRAGMA user_version = 999', backup),
      /更新的版本/u,
    ],
    ['is missing', (file: string) => rmSync(file), /打不开备份/u],
  ])('refuses a backup that %s and leaves the store alone', async (name, spoil, message) => {
    const file = join(folder, `${name}.backup`);
    copyFileSync(backup, file);
    spoil(file);
    const dir = join(folder, name);
    mkdirSync(dir);
    copyFileSync(backup, join(dir, 'articles.sqlite'));
    const before = readFileSync(join(dir, 'articles.sqlite'));
    await expect(restore(file, dir, true)).rejects.toThrow(message);
    expect(readFileSync(join(dir, 'articles.sqlite')).equals(before)).toBe(true);
    expect(readdirSync(dir).filter((entry) => entry !== 'ingest.lock')).toEqual([
      'articles.sqlite',
    ]);
  });

  function makeDatabase(file: string, sql: string, from?: string): void {
    rmSync(file);
    if (from !== undefined) copyFileSync(from, file);
    const database = new Database(file);
    database.exec(sql);
    database.close();
  }
});
