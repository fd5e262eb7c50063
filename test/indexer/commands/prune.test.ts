import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadGazetteer } from '../../../config/gazetteer.ts';
import { createAnnotators } from '../../../indexer/annotators/annotators.ts';
import { loadContinuationModel } from '../../../indexer/articles/continuation-model.ts';
import { noteMissing, pruneMissing } from '../../../indexer/commands/prune.ts';
import { ingestFiles } from '../../../indexer/ingest/ingest-files.ts';
import { emptyReport, exitCode } from '../../../indexer/ingest/ingest-report.ts';
import { createPagePreparer } from '../../../indexer/ingest/prepare-page.ts';
import { countArticles } from '../../../indexer/store/articles.ts';
import type { Store } from '../../../indexer/store/database.ts';
import { openStore } from '../../../indexer/store/database.ts';
import { startGuardedReading } from '../../../indexer/ingest/guarded-reading.ts';
import { temporaryFolder } from '../../service-for-tests.ts';

const preparePage = createPagePreparer(loadContinuationModel(), createAnnotators(loadGazetteer()));
const FILES = ['甲/1.txt', '甲/2.txt', '乙/3.txt', '乙/4.txt'];

const reading = startGuardedReading();
afterAll(reading.close);

let folder: string;
let share: string;
let store: Store;
beforeEach(async () => {
  folder = temporaryFolder();
  share = join(folder, '共享');
  for (const name of ['甲', '乙']) mkdirSync(join(share, name), { recursive: true });
  for (const name of FILES) writeFileSync(join(share, name), `贵阳高新区消息\n\n${name}的正文。`);
  store = openStore(folder);
  await ingestFiles([share], { store, preparePage, reading });
  expect(countArticles(store)).toBe(4);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What `npm run index -- 共享 --prune` says, refuses and leaves. */
async function prune(isMeant = false) {
  const report = emptyReport();
  const said: string[] = [];
  const say = (line: string) => {
    // Told before it goes.
    expect(countArticles(store)).toBe(4);
    said.push(line);
  };
  const missing = noteMissing(store, [share], report, { say, prune: true });
  await pruneMissing(store, missing, { report, isMeant });
  return { report, said: said.join('\n'), left: countArticles(store) };
}

describe('--prune', () => {
  it('removes files that are gone from among others, and tells before which', async () => {
    rmSync(join(share, '甲/1.txt'));
    const { report, said, left } = await prune();
    expect(left).toBe(3);
    expect(report).toMatchObject({ rejections: [], articles: { removed: 1 } });
    expect(said).toMatch(
      /1 个找不到了，涉及 1 篇文章，将要移除：\n.*甲：1 个文件、1 篇文章（1\.txt）/u,
    );
  });

  const away = () => renameSync(share, join(folder, '拔掉了'));
  it.each<[string, () => void, number, RegExp]>([
    ['a root that is not there', away, 4, /文件夹不在了/u],
    ['a mount point with nothing mounted', () => (away(), mkdirSync(share)), 4, /文件夹不在了/u],
    [
      'a root that links in a circle, as one that may not be read',
      () => (away(), symlinkSync(share, share)),
      4,
      /读不到（ELOOP）/u,
    ],
    [
      'a link to a place that is gone',
      () => (away(), symlinkSync(join(folder, '别处'), share)),
      4,
      /文件夹不在了/u,
    ],
    ['a folder in it that is empty', () => empty('甲'), 4, /文件夹是空的/u],
    [
      'a folder that holds only what is hidden',
      () => (empty('甲'), writeFileSync(join(share, '甲/.nomedia'), '')),
      4,
      /文件夹是空的/u,
    ],
    [
      'a folder in it that is a file now',
      () => (rmSync(join(share, '甲'), { recursive: true }), writeFileSync(join(share, '甲'), 'x')),
      4,
      /文件夹不在了/u,
    ],
    [
      'a file that is a link to a place that is gone',
      () => {
        rmSync(join(share, '甲/1.txt'));
        symlinkSync(join(folder, '别处'), join(share, '甲/1.txt'));
      },
      4,
      /符号链接所指的地方不在了/u,
    ],
  ])('takes nothing away for %s, unless it is meant', async (_, harm, left, reason) => {
    harm();
    const refused = await prune();
    expect(refused.left).toBe(left);
    expect(refused.report.rejections).not.toEqual([]);
    for (const rejection of refused.report.rejections)
      expect(rejection).toMatchObject({
        reason: expect.stringMatching(reason) as string,
        remedy: expect.stringContaining('--prune --yes') as string,
      });
    expect(exitCode(refused.report)).not.toBe(0);
    const meant = await prune(true);
    expect(meant.report.rejections).toEqual([]);
    expect(meant.left).toBe(4 - meant.report.missing.length);
    expect(meant.left).toBeLessThan(4);
  });

  it('takes what is surely gone although another folder is in doubt', async () => {
    rmSync(join(share, '乙/3.txt'));
    empty('甲');
    expect(await prune()).toMatchObject({
      left: 3,
      report: { rejections: [{ file: join(share, '甲') }] },
    });
  });

  function empty(name: string): void {
    rmSync(join(share, name), { recursive: true });
    mkdirSync(join(share, name));
  }
});
