import {
  chmodSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureMessage } from '../../../indexer/commands/terminal.ts';
import { recordFindings } from '../../../indexer/ingest/file-intake.ts';
import { openStore } from '../../../indexer/store/database.ts';
import { tryLock } from '../../../indexer/core/process-lock.ts';
import { temporaryFolder } from '../../service-for-tests.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'articles.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const reason = '原因'.repeat(2_000);
const finding = { type: 'finding', severity: 'rejected', place: '', remedy: '改', reason } as const;

function makeStore(): void {
  const store = openStore(folder);
  for (let n = 0; n < 50; n += 1) recordFindings(store, `f${n}`, [{ ...finding, file: `f${n}` }]);
  store.close();
}

function leaveEngineData(): void {
  mkdirSync(join(folder, 'engine', 'meili'), { recursive: true });
  writeFileSync(join(folder, 'engine', 'meili', 'VERSION'), '1.21.0');
}

describe('a store that was lost', () => {
  it.each<[string, () => void]>([
    ['empty beside an engine', () => (writeFileSync(file, ''), leaveEngineData())],
    ['missing beside an engine', leaveEngineData],
    ['without a schema beside an engine', () => (leaveEngineData(), writeBlankDatabase())],
    [
      'empty beside its write-ahead log',
      () => (writeFileSync(file, ''), writeFileSync(`${file}-wal`, 'x')),
    ],
  ])('is not taken for a new one: %s', (_, lose) => {
    lose();
    const before = readdirSync(folder, { recursive: true }).sort();
    expect(() => openStore(folder)).toThrow(/不见了或是空的.*npm run restore -- .*从头开始/u);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
    // As the message says, to begin anew.
    rmSync(join(folder, 'engine'), { recursive: true, force: true });
    rmSync(`${file}-wal`, { force: true });
    openStore(folder).close();
  });

  it('is a new one where nothing was: no file, or an empty one', () => {
    writeFileSync(file, '');
    openStore(folder).close();
  });

  it('is damaged when its end is missing, however large it is', () => {
    makeStore();
    leaveEngineData();
    truncateSync(file, statSync(file).size - 4_096);
    expect(() => openStore(folder)).toThrow(/已损坏（文件不完整.*npm run restore/u);
  });

  function writeBlankDatabase(): void {
    const blank = new Database(file);
    blank.exec('CREATE TABLE t (a); DROP TABLE t');
    blank.close();
  }
});

describe('DATA_DIR', () => {
  it.each<[string, () => string, RegExp]>([
    ['a file', () => (writeFileSync(join(folder, 'f'), ''), 'f'), /同名的文件/u],
    ['below a file', () => (writeFileSync(join(folder, 'f'), ''), 'f/data'), /同名的文件/u],
    ['a link in a circle', () => (symlinkSync('l', join(folder, 'l')), 'l/data'), /ELOOP/u],
    ['where no folder can be made', () => '../../../../../../proc/park-news', /不能建文件夹/u],
  ])('that is %s is refused with the reason', (_, make, expected) => {
    expect(() => openStore(join(folder, make()))).toThrow(expected);
  });

  it('is made for its owner only, and so are its files; wide ones are tightened', () => {
    const dataDir = join(folder, 'a', 'data');
    for (let time = 0; time < 2; time += 1) {
      const store = openStore(dataDir);
      const lock = tryLock(dataDir, 'ingest')!;
      recordFindings(store, 'f', [{ ...finding, file: 'f' }]);
      expect(readdirSync(dataDir).length).toBeGreaterThan(3);
      for (const name of readdirSync(dataDir))
        expect((statSync(join(dataDir, name)).mode & 0o077).toString(8), name).toBe('0');
      lock.release();
      store.close();
      for (const name of readdirSync(dataDir)) chmodSync(join(dataDir, name), 0o644);
    }
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });
});

describe('a full disk', () => {
  it('is named with the remedy, and what was written before is still there', () => {
    makeStore();
    const store = openStore(folder);
    store.pragma(`max_page_count = ${String(store.pragma('page_count', { simple: true }))}`);
    const fill = () => {
      for (let n = 0; n < 1_000; n += 1)
        recordFindings(store, `g${n}`, [{ ...finding, file: `g${n}` }]);
    };
    let failure: unknown;
    try {
      fill();
    } catch (error) {
      failure = error;
    }
    store.close();
    expect(failureMessage(failure)).toMatch(/磁盘已满（SQLITE_FULL）.*腾出空间.*再运行一次/u);
    const again = openStore(folder);
    expect(again.prepare("SELECT count(*) AS n FROM findings WHERE file LIKE 'f%'").get()).toEqual({
      n: 50,
    });
    again.close();
  });
});
