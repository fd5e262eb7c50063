import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../indexer/store/database.ts';
import { openStore } from '../../../indexer/store/database.ts';
import { packDocs, unpackDocs } from '../../../indexer/store/doc-list.ts';
import type { ArticleGrams } from '../../../indexer/store/gram-postings.ts';
import {
  docsWithGrams,
  forgetGrams,
  forgetUnfinishedGrams,
  writeGrams,
} from '../../../indexer/store/gram-postings.ts';

describe('packed document numbers', () => {
  it('are the same unpacked', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 2 ** 40 })), (numbers) => {
        const docs = numbers.sort((a, b) => a - b);
        expect(unpackDocs(packDocs(docs))).toEqual(docs);
      }),
    );
  });
});

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
    const { finish } = await writeGrams(store, uid, articles);
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
    await writeGrams(store, 'three', many);
    expect(docsWithGrams(store, 'three', [7])).toEqual([]);
    forgetUnfinishedGrams(store, 'three');
    await write('three', many);
    expect(docsWithGrams(store, 'three', [7])).toHaveLength(600);
  });

  it('are kept apart for each index, and go with it', async () => {
    await write('four', [article(1, 8)]);
    await write('five', [article(2, 8)]);
    forgetGrams(store, 'four');
    expect(docsWithGrams(store, 'four', [8])).toEqual([]);
    expect(docsWithGrams(store, 'five', [8])).toEqual([2]);
  });
});
