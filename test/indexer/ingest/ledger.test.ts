import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadGazetteer } from '../../../config/gazetteer.ts';
import { createAnnotators } from '../../../indexer/annotators/annotators.ts';
import { loadContinuationModel } from '../../../indexer/articles/continuation-model.ts';
import { ingestFiles } from '../../../indexer/ingest/ingest-files.ts';
import { createPagePreparer } from '../../../indexer/ingest/prepare-page.ts';
import { findMissingFiles, pruneFiles } from '../../../indexer/ingest/missing-files.ts';
import { resplitStoredPages } from '../../../indexer/ingest/resplit.ts';
import { allArticles } from '../../../indexer/store/articles.ts';
import { latestSeq } from '../../../indexer/store/changes.ts';
import type { Store } from '../../../indexer/store/database.ts';
import { openStore } from '../../../indexer/store/database.ts';
import { latestFindings } from '../../../indexer/store/findings.ts';
import { startGuardedReading } from '../../../indexer/ingest/guarded-reading.ts';
import { startPagePreparation, type PagePool } from '../../../indexer/ingest/prepare-pages.ts';
import { temporaryFolder } from '../../service-for-tests.ts';

const preparePage = createPagePreparer(loadContinuationModel(), createAnnotators(loadGazetteer()));

// One thread for all runs here, none of which has a sidecar that it could remember.
const reading = startGuardedReading();
afterAll(reading.close);

let folder: string;
let store: Store;
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'in'));
  store = openStore(folder);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const input = (name: string) => join(folder, 'in', name);
const ingest = (signal?: AbortSignal) =>
  ingestFiles([join(folder, 'in')], {
    store,
    preparePage,
    reading,
    ...(signal === undefined ? {} : { signal }),
  });

const story = (title: string, text = `${title}的正文，写在一段里，说明事情的来龙去脉。`) => ({
  title,
  text,
  date: '2023-05-06',
});
const writeRecords = (name: string, records: readonly unknown[]) =>
  writeFileSync(input(name), records.map((record) => JSON.stringify(record)).join('\n'));

const articles = () => [...allArticles(store)];
const idsByTitle = () => new Map(articles().map(({ title, id }) => [title, id]));

describe('taking files in', () => {
  it('changes nothing the second time', async () => {
    writeRecords('a.jsonl', [story('甲'), story('乙'), story('丙')]);
    expect((await ingest()).articles).toEqual({ added: 3, updated: 0, removed: 0, unchanged: 0 });
    const seq = latestSeq(store);
    expect((await ingest()).articles).toEqual({ added: 0, updated: 0, removed: 0, unchanged: 3 });
    expect(latestSeq(store)).toBe(seq);
  });

  it('updates only the article that was edited, and keeps its id', async () => {
    writeRecords('a.jsonl', [story('甲'), story('乙'), story('丙')]);
    await ingest();
    const before = idsByTitle();
    writeRecords('a.jsonl', [story('甲'), story('乙', '乙的正文改过了。'), story('丙')]);
    expect((await ingest()).articles).toEqual({ added: 0, updated: 1, removed: 0, unchanged: 2 });
    expect(idsByTitle()).toEqual(before);
    expect(articles().find(({ title }) => title === '乙')?.text).toBe('乙的正文改过了。');
  });

  it('recognises articles that moved within their file', async () => {
    writeRecords('a.jsonl', [story('甲'), story('乙')]);
    await ingest();
    const before = idsByTitle();
    writeRecords('a.jsonl', [story('新'), story('乙'), story('甲')]);
    expect((await ingest()).articles).toEqual({ added: 1, updated: 0, removed: 0, unchanged: 2 });
    for (const [title, id] of before) expect(idsByTitle().get(title)).toBe(id);
  });

  it('takes a given id for the id', async () => {
    writeRecords('a.jsonl', [{ ...story('甲'), id: 'own/1' }]);
    await ingest();
    expect(articles().map(({ id }) => id)).toEqual(['own/1']);
  });

  it('gives two files with the same story two ids', async () => {
    writeRecords('a.jsonl', [story('甲')]);
    writeRecords('b.jsonl', [story('甲')]);
    await ingest();
    expect(new Set(articles().map(({ id }) => id)).size).toBe(2);
  });

  it('reports a missing file, and removes its articles only when told to', async () => {
    writeRecords('a.jsonl', [story('甲')]);
    writeRecords('b.jsonl', [story('乙')]);
    await ingest();
    rmSync(input('a.jsonl'));
    await ingest();
    expect(articles()).toHaveLength(2);
    const missing = findMissingFiles(store, [join(folder, 'in')]);
    expect(missing).toMatchObject([{ paths: [input('a.jsonl')], articles: 1, doubt: null }]);
    expect(await pruneFiles(store, missing[0]!.paths)).toBe(1);
    expect(articles().map(({ title }) => title)).toEqual(['乙']);
  });

  it('keeps the articles of a file that has become unreadable, and says so', async () => {
    writeRecords('a.jsonl', [story('甲')]);
    await ingest();
    writeFileSync(input('a.jsonl'), Buffer.from([0, 1, 2, 3, 0, 255, 254, 0, 9, 8, 7]));
    const report = await ingest();
    expect(report.rejections).toHaveLength(1);
    expect(articles().map(({ title }) => title)).toEqual(['甲']);
    expect(latestFindings(store, 10)).toMatchObject([
      { file: input('a.jsonl'), severity: 'rejected' },
    ]);
    writeRecords('a.jsonl', [story('甲')]);
    expect((await ingest()).rejections).toEqual([]);
    expect(latestFindings(store, 10)).toEqual([]);
  });

  it('goes on with the good records beside a bad one', async () => {
    writeFileSync(
      input('a.jsonl'),
      `${JSON.stringify(story('甲'))}\n{"title": \n${JSON.stringify(story('乙'))}`,
    );
    const report = await ingest();
    expect(report.articles.added).toBe(2);
    expect(report.rejections).toMatchObject([{ place: expect.stringContaining('2') as string }]);
  });

  it('loses and doubles nothing when a run is cut off', async () => {
    writeRecords(
      'a.jsonl',
      Array.from({ length: 900 }, (_, n) => story(`第${n}篇`)),
    );
    const cut = new AbortController();
    let pages = 0;
    const options = {
      store,
      reading,
      signal: cut.signal,
      preparePage: (page: Parameters<typeof preparePage>[0]) => {
        pages += 1;
        if (pages === 500) cut.abort();
        return preparePage(page);
      },
    };
    await expect(ingestFiles([join(folder, 'in')], options)).rejects.toThrow();
    const kept = idsByTitle();
    expect(kept.size).toBeGreaterThan(0);
    await ingest();
    expect(articles()).toHaveLength(900);
    for (const [title, id] of kept) expect(idsByTitle().get(title)).toBe(id);
  });

  it('writes nothing in a dry run', async () => {
    writeRecords('a.jsonl', [story('甲')]);
    const report = await ingestFiles([join(folder, 'in')], { store: null, preparePage, reading });
    expect(report.articles.added).toBe(1);
    expect(articles()).toEqual([]);
  });

  it('takes a moved folder for other files', async () => {
    writeRecords('a.jsonl', [story('甲')]);
    await ingest();
    renameSync(join(folder, 'in'), join(folder, 'elsewhere'));
    await ingestFiles([join(folder, 'elsewhere')], { store, preparePage, reading });
    expect(findMissingFiles(store, [join(folder, 'in')])).toMatchObject([
      { paths: [input('a.jsonl')], doubt: '文件夹不在了' },
    ]);
    expect(articles()).toHaveLength(2);
  });
});

describe('resplitStoredPages', () => {
  const resplit = async (prepare = preparePage, openPool?: () => PagePool | null) => {
    const preparation = startPagePreparation(prepare, openPool);
    return resplitStoredPages(store, preparation).finally(preparation.close);
  };

  it('changes nothing with the same splitter, and needs no files', async () => {
    writeRecords('a.jsonl', [story('甲'), story('乙')]);
    await ingest();
    rmSync(join(folder, 'in'), { recursive: true });
    const { changes } = await resplit();
    expect(changes).toEqual({ added: 0, updated: 0, removed: 0, unchanged: 2 });
  });

  it('brings a better splitter’s work in and keeps the ids', async () => {
    writeRecords('a.jsonl', [story('甲')]);
    await ingest();
    const before = articles()[0]!;
    const { changes } = await resplit((page) => {
      const prepared = preparePage(page);
      return {
        ...prepared,
        articles: prepared.articles.map((one) => ({ ...one, source: '新报' })),
      };
    });
    expect(changes).toEqual({ added: 0, updated: 1, removed: 0, unchanged: 0 });
    expect(articles()).toMatchObject([{ id: before.id, source: '新报' }]);
  });

  it('keeps the articles of a page that cannot be cut again, and reports it', async () => {
    writeRecords('a.jsonl', [story('甲'), story('乙')]);
    await ingest();
    const { changes, findings } = await resplit((page) => {
      if (page.metadata.title === '甲') throw new Error('坏页');
      return preparePage(page);
    });
    expect(changes).toEqual({ added: 0, updated: 0, removed: 0, unchanged: 1 });
    expect(findings).toMatchObject([{ severity: 'rejected', reason: /坏页/ }]);
    expect(articles().map(({ title }) => title)).toEqual(['甲', '乙']);
  });

  it('cuts newspaper pages in threads when there are many', async () => {
    for (let n = 0; n < 70; n++) {
      const title = `贵阳高新区第${n}家企业投产`;
      writeFileSync(
        input(`${n}.txt`),
        `第03版：园区\n\n${title}\n\n本报讯 2月3日，第${n}家企业投产。`,
      );
    }
    await ingest();
    const before = articles();
    let inThreads = 0;
    const { changes } = await resplit(preparePage, () => ({
      threads: 1,
      isReady: () => true,
      run: (pages) => {
        inThreads += pages.length;
        return Promise.resolve(
          pages.map((page) => ({ type: 'done' as const, value: preparePage(page) })),
        );
      },
      close: () => Promise.resolve(),
    }));
    expect(inThreads).toBeGreaterThan(5);
    expect(changes).toEqual({ added: 0, updated: 0, removed: 0, unchanged: 70 });
    expect(articles()).toEqual(before);
  });
});
