import Database from 'better-sqlite3';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gramsOf, headingGram } from '../../../indexer/analyzer/grams.ts';
import type { Store } from '../../../indexer/store/database.ts';
import { openStore } from '../../../indexer/store/database.ts';
import type { ArticleGrams } from '../../../indexer/store/article-grams.ts';
import {
  findDocsWithGrams,
  forgetGrams,
  keepGrams,
  latestDocsWithGrams,
} from '../../../indexer/store/article-grams.ts';
import { migrations } from '../../../indexer/store/schema.ts';
import { put, temporaryStore } from '../duplicates/article-rows.ts';

const article = (doc: number, ...grams: string[]): ArticleGrams => ({
  doc,
  grams: grams.join(' '),
});
const keep = (store: Store, articles: readonly ArticleGrams[]) =>
  store.transaction(() => keepGrams(store, articles)).immediate();

/** Stores articles up to that document id, so that they are looked through. */
function storeWith(articles: number): Store {
  const store = temporaryStore();
  put(store, ...Array.from({ length: articles }, (_, at) => ({ id: `a${at}`, text: '' })));
  return store;
}

function docsWith(store: Store, grams: readonly string[]): number[] {
  const steps = findDocsWithGrams(store, grams);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

describe('grams of articles', () => {
  it('find what has all of them, however the articles came in', () => {
    const store = storeWith(1_200);
    const articles = Array.from({ length: 1_200 }, (_, at) =>
      article(at + 1, `甲${at % 2}`, `乙${at % 3}`, '全部'),
    );
    keep(store, articles.slice(0, 600));
    for (const single of articles.slice(600, 605)) keep(store, [single]);
    keep(store, articles.slice(605));
    const expected = articles.filter((_, at) => at % 6 === 4).map(({ doc }) => doc);
    expect(docsWith(store, ['甲0', '乙1'])).toEqual(expected);
    expect(latestDocsWithGrams(store, ['甲0', '乙1'], 3)).toEqual([1_199, 1_193, 1_187]);
    expect(docsWith(store, ['全部'])).toHaveLength(1_200);
    expect(docsWith(store, ['甲0', '没有'])).toEqual([]);
  });

  it('propose an article that changed by its new text only, and none that is gone', () => {
    const store = storeWith(3);
    keep(store, [article(1, '开工'), article(2, '开工', '投产'), article(3, '投产')]);
    keep(store, [article(1, '投产')]);
    store.transaction(() => forgetGrams(store, [3])).immediate();
    expect(docsWith(store, ['投产'])).toEqual([1, 2]);
    expect(docsWith(store, ['开工'])).toEqual([2]);
  });

  it('are found one by one of whatever text, and only those of headings as such', () => {
    const store = storeWith(2);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const grams = gramsOf(text);
        keep(store, [article(1, ...grams), article(2, ...grams.map(headingGram))]);
        for (const gram of grams) {
          expect(docsWith(store, [gram])).toEqual([1]);
          expect(docsWith(store, [headingGram(gram)])).toEqual([2]);
        }
      }),
    );
  });

  it('tells grams of scripts apart, and those of headings from the others', () => {
    const grams = ['高', '新', '高新', '新高', 'a', 'ab', '𠀀', '高𠀀', '𠀀高', '😀'];
    const all = grams.flatMap((gram) => [gram, headingGram(gram)]);
    const store = storeWith(all.length);
    keep(
      store,
      all.map((gram, at) => article(at + 1, gram)),
    );
    for (const [at, gram] of all.entries()) expect(docsWith(store, [gram])).toEqual([at + 1]);
  });

  it('of many some are asked for, and what has all of them is found', () => {
    const store = storeWith(2);
    const grams = Array.from({ length: 500 }, (_, at) => String.fromCodePoint(0x4e00 + at, 0x5e00));
    keep(store, [article(1, ...grams), article(2, ...grams.slice(250))]);
    expect(docsWith(store, grams)).toEqual([1]);
  });

  it('are made anew in a store that held them otherwise', () => {
    const folder = mkdtempSync(join(tmpdir(), 'park-news-grams-'));
    const old = new Database(join(folder, 'articles.sqlite'));
    const before = migrations.findIndex((sql) => sql.includes('VIRTUAL TABLE article_grams'));
    old.function('utf16le', (text) => Buffer.from(String(text), 'utf16le'));
    for (const migration of migrations.slice(0, before)) old.exec(migration);
    old.pragma(`user_version = ${before}`);
    old.exec(`
      INSERT INTO gram_segments (uid, articles, whole) VALUES ('articles', 2, 1);
      INSERT INTO gram_postings (segment, gram, docs) VALUES (1, 5, x'0101');
    `);
    old.close();
    const store = openStore(folder);
    expect(latestDocsWithGrams(store, ['高新'], 10)).toEqual([]);
    keep(store, [article(1, '高新')]);
    expect(latestDocsWithGrams(store, ['高新'], 10)).toEqual([1]);
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
