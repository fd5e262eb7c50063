import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBackup } from '../../../indexer/backup/make-backup.ts';
import { restoreBackup } from '../../../indexer/backup/restore-backup.ts';
import { claimTarget, keepFormer } from '../../../indexer/backup/restore-backup.ts';
import { countArticles } from '../../../indexer/store/articles.ts';
import { openStore, storeId } from '../../../indexer/store/database.ts';
import { temporaryFolder } from '../../service-for-tests.ts';

const root = resolve(import.meta.dirname, '../../..');
let folder: string;
let backup: string;

beforeAll(async () => {
  folder = temporaryFolder();
  openStore(join(folder, 'data')).close();
  backup = join(folder, 'whole.backup');
  await makeBackup(join(folder, 'data'), backup, () => undefined);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('restoring a backup while somebody opens the store', () => {
  it.each(['an empty machine', 'a stopped service'])(
    'leaves all as it is when the store of %s is opened while the backup is copied',
    async (where) => {
      const dir = join(folder, `opened-${where.replaceAll(' ', '-')}`);
      if (where === 'a stopped service') openStore(dir).close();
      const opened: ReturnType<typeof openStore>[] = [];
      const open = () => {
        if (opened.length === 0) opened.push(openStore(dir));
      };
      const restoring = restoreBackup(backup, dir, { force: true }, open);
      await expect(restoring).rejects.toThrow(/正在使用中/u);
      expect(opened).toHaveLength(1);
      expect(countArticles(opened[0]!)).toBe(0);
      opened[0]!.close();
      expect(readdirSync(dir).filter((name) => /before-restore|restoring/u.test(name))).toEqual([]);
    },
  );

  it('gives its store to one who has been waiting for the former', async () => {
    const dir = join(folder, 'waited-for');
    openStore(dir).close();
    const target = claimTarget(dir);
    const script = `import { openStore, storeId } from './indexer/store/database.ts';
      console.log('opening'); process.on('uncaughtException', (error) => console.log(error)); console.log(storeId(openStore('${dir}')));`;
    const opener = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      { cwd: root },
    );
    let said = '';
    opener.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const isOpening = () => said.includes('opening');
    while (!isOpening()) await sleep(20);
    await sleep(300);
    const other = openStore(join(folder, 'other'));
    const expected = storeId(other);
    other.pragma('journal_mode = DELETE');
    other.close();
    keepFormer(target.file);
    renameSync(join(folder, 'other', 'articles.sqlite'), target.file);
    target.release();
    await once(opener, 'exit');
    expect(said).toBe(`opening\n${expected}\n`);
  });
});
