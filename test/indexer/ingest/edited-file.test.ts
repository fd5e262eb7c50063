import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { annotateArticle } from '../../../indexer/annotators/annotate-article.ts';
import type { PreparedPage } from '../../../indexer/ingest/prepare-page.ts';
import { removeFile, startFileIntake } from '../../../indexer/ingest/file-intake.ts';
import { allArticles } from '../../../indexer/store/articles.ts';
import { countChangesAfter } from '../../../indexer/store/changes.ts';
import type { Store } from '../../../indexer/store/database.ts';
import { openStore } from '../../../indexer/store/database.ts';
import { temporaryFolder } from '../../service-for-tests.ts';
import { makeArticle, makePage } from '../annotators/make-article.ts';
import { writesBeside } from '../store/writes-beside.ts';

const FILE = '/in/a.jsonl';
const PAGES = 1_200;
const PAGES_A_LIST = 100;

let folder: string;
let store: Store;
beforeEach(() => {
  folder = temporaryFolder();
  store = openStore(folder);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function pagesOf(edition: string, pages = PAGES): PreparedPage[] {
  return Array.from({ length: pages }, (_, n) => {
    const text = `第${n}篇的正文，${edition}。`;
    const page = makePage(text, { layout: 'story', place: `第 ${n} 行` });
    const article = makeArticle(`第${n}篇`, text, { page });
    return { page, articles: [annotateArticle(article, [])], setAside: [] };
  });
}

async function take(pages: readonly PreparedPage[]) {
  const intake = await startFileIntake(store, FILE);
  const fresh = pages.filter(({ page }) => !intake.keepIfStored(page));
  for (let at = 0; at < fresh.length; at += PAGES_A_LIST)
    await intake.add(fresh.slice(at, at + PAGES_A_LIST));
  return intake.finish(String(pages.length), 1, []);
}

const idsByTitle = () => new Map([...allArticles(store)].map(({ title, id }) => [title, id]));
const texts = () => [...allArticles(store)].map(({ text }) => text).sort();
const textsOf = (pages: readonly PreparedPage[]) => pages.map(({ page }) => page.text).sort();

/** Has the store refuse a page, as if the process were killed when it comes to it. */
function killAt(text: string): () => void {
  store.exec(`CREATE TEMP TRIGGER killed AFTER INSERT ON main.pages WHEN NEW.text = '${text}'
    BEGIN SELECT RAISE(ABORT, 'killed'); END`);
  return () => store.exec('DROP TRIGGER killed');
}

describe('A file of which everything was edited', () => {
  it('is taken in again in many transactions, each article under its id', async () => {
    await take(pagesOf('初版'));
    const ids = idsByTitle();
    const edited = pagesOf('修订版');
    const taking = take(edited);
    expect(await writesBeside(store, taking)).toBeGreaterThan(PAGES / PAGES_A_LIST);
    expect(await taking).toEqual({ added: 0, updated: PAGES, removed: 0, unchanged: 0 });
    expect(idsByTitle()).toEqual(ids);
    expect(texts()).toEqual(textsOf(edited));
  });

  it.each([
    ['the same', '修订版'],
    ['what it was before', '初版'],
    ['something else', '三版'],
  ])('loses and doubles nothing when it is killed and the file then says %s', async (_, then) => {
    await take(pagesOf('初版'));
    const ids = idsByTitle();
    const edited = pagesOf('修订版');
    const revive = killAt(edited[700]!.page.text);
    await expect(take(edited)).rejects.toThrow('killed');
    revive();
    // Nobody has read a store that lacks one.
    expect(idsByTitle()).toEqual(ids);
    await take(pagesOf(then));
    expect(idsByTitle()).toEqual(ids);
    expect(texts()).toEqual(textsOf(pagesOf(then)));
    expect((await take(pagesOf(then))).unchanged).toBe(PAGES);
  });

  it('is removed in many transactions, and every index hears of each article', async () => {
    await take(pagesOf('初版'));
    const removing = removeFile(store, FILE);
    expect(await writesBeside(store, removing)).toBeGreaterThan(5);
    expect(await removing).toBe(PAGES);
    expect(texts()).toEqual([]);
    expect(countChangesAfter(store, 0)).toBe(PAGES);
  });
});
