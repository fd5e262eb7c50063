import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../indexer/store/database.ts';
import { openStore } from '../../../indexer/store/database.ts';
import {
  docsWithGrams,
  forgetGrams,
  forgetUnfinishedGrams,
  mergeGrams,
  writeGrams,
} from '../../../indexer/store/gram-postings.ts';
import type { ArticleGrams } from '../../../indexer/store/gram-runs.ts';
import { toGramRun } from '../../../indexer/store/gram-runs.ts';

describe('grams of an index', () => {
  let folder: string;
  let store: Store;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'park-news-grams-'));
    store = openStore(folder);
  });
  afterAll(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const article = (doc: number, ...codes: number[]): ArticleGrams => ({
    doc,
    codes: Float64Array.from(codes),
  });
  const write = async (uid: string, articles: readonly ArticleGrams[]) => {
    const { finish } = await writeGrams(store, uid, [toGramRun(articles)]);
    store.transaction(finish).immediate();
  };

  it('find what has all of them, however the articles came in', async () => {
    const articles = Array.from({ length: 1_200 }, (_, at) =>
      article(at + 1, at % 2, 10 + (at % 3), 2 ** 37 - 1),
    );
    await write('one', articles.slice(0, 600));
    for (const single of articles.slice(600, 605)) await write('one', [single]);
    await write('one', articles.slice(605));
    const expected = articles.filter((_, at) => at % 6 === 4).map(({ doc }) => doc);
    expect(docsWithGrams(store, 'one', [0, 11])).toEqual(expected);
    expect(docsWithGrams(store, 'one', [2 ** 37 - 1])).toHaveLength(1_200);
    expect(docsWithGrams(store, 'one', [0, 12_345])).toEqual([]);
  });

  it('propose an article that changed by its new text', async () => {
    await write('two', [article(1, 5), article(2, 5, 6)]);
    await write('two', [article(1, 6)]);
    expect(docsWithGrams(store, 'two', [6])).toEqual([1, 2]);
  });

  it('of articles that were not recorded as indexed do not count, and are written again', async () => {
    const many = Array.from({ length: 600 }, (_, at) => article(at + 1, 7));
    await writeGrams(store, 'three', [toGramRun(many)]);
    expect(docsWithGrams(store, 'three', [7])).toEqual([]);
    await forgetUnfinishedGrams(store, 'three');
    await write('three', many);
    expect(docsWithGrams(store, 'three', [7])).toHaveLength(600);
  });

  it('are kept apart for each index, and go with it', async () => {
    await write('four', [article(1, 8)]);
    await write('five', [article(2, 8)]);
    await forgetGrams(store, 'four');
    expect(docsWithGrams(store, 'four', [8])).toEqual([]);
    expect(docsWithGrams(store, 'five', [8])).toEqual([2]);
  });

  it('are found the same when segments were merged, and lie in a handful of them', async () => {
    const codes = (doc: number) => [doc % 2, 10 + (doc % 3), 1_000 + doc];
    for (let doc = 1; doc <= 100; doc++) {
      await write('six', [article(doc, ...codes(doc))]);
      await mergeGrams(store, 'six');
    }
    await write('six', [article(3, 10)]);
    const expected = Array.from({ length: 100 }, (_, at) => at + 1).filter((doc) => doc % 6 === 4);
    expect(docsWithGrams(store, 'six', [0, 11])).toEqual(expected);
    expect(docsWithGrams(store, 'six', [1_050])).toEqual([50]);
    const segments = store
      .prepare<[], number>("SELECT count(*) FROM gram_segments WHERE uid = 'six'")
      .pluck()
      .get();
    expect(segments).toBeLessThan(20);
    await forgetGrams(store, 'six');
    expect(docsWithGrams(store, 'six', [1_050])).toEqual([]);
  });

  it('are read as earlier versions wrote them, a gram a row', async () => {
    const insert = store.prepare(
      'INSERT INTO gram_postings (segment, gram, docs) VALUES (?, ?, ?)',
    );
    const { lastInsertRowid: segment } = store
      .prepare("INSERT INTO gram_segments (uid, articles, whole) VALUES ('seven', 2, 1)")
      .run();
    insert.run(segment, 5, Buffer.of(1, 1));
    insert.run(segment, 9, Buffer.of(2));
    await write('seven', [article(300, 9)]);
    expect(docsWithGrams(store, 'seven', [5])).toEqual([1, 2]);
    expect(docsWithGrams(store, 'seven', [9])).toEqual([2, 300]);
    expect(docsWithGrams(store, 'seven', [5, 9])).toEqual([2]);
    expect(docsWithGrams(store, 'seven', [7])).toEqual([]);
  });
});
