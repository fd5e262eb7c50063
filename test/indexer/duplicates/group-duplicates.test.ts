import { describe, expect, it } from 'vitest';
import { groupDuplicates } from '../../../indexer/duplicates/group-duplicates.ts';
import { changesIn, latestSeq } from '../../../indexer/store/changes.ts';
import { type ArticleRow, grouping, put, remove, temporaryStore } from './article-rows.ts';
import { inventStory, misread, seededRandom } from './invented-text.ts';

const story = (seed: number) => inventStory(seed).join('\n');
const clean: ArticleRow = { id: 'clean', text: story(1), date: '2022-03-07' };
const page: ArticleRow = {
  id: 'page',
  text: misread([...inventStory(1)].reverse().join('\n'), 0.01, 4),
  date: '2022-03',
  layout: 'newspaper',
  confidence: 0.7,
};
const unrelated: ArticleRow = { id: 'unrelated', text: story(2), date: '2022-03-07' };

/** Stories, some told up to four times with small changes, in a shuffled order. */
function mixedArticles(): ArticleRow[] {
  const random = seededRandom(9);
  const articles: ArticleRow[] = [];
  for (let seed = 100; seed < 140; seed++) {
    const copies = 1 + Math.floor(random() * 4);
    for (let copy = 0; copy < copies; copy++)
      articles.push({
        id: `${seed}-${copy}`,
        text: misread(story(seed), 0.01 * copy, seed * 10 + copy),
        date: `2022-03-${String(10 + copy)}`,
        layout: random() < 0.5 ? 'newspaper' : 'story',
      });
  }
  return articles.sort(() => random() - 0.5);
}

describe('groupDuplicates', () => {
  it('makes a page and its clean re-post one group, the clean one preferred', async () => {
    const store = temporaryStore();
    put(store, page, unrelated, clean);
    expect(await groupDuplicates(store)).toEqual({ groups: 1, copies: 1, changed: 1 });
    expect(grouping(store)).toEqual({ page: 'clean' });
  });

  it('changes nothing when run again, and takes no change number', async () => {
    const store = temporaryStore();
    put(store, page, unrelated, clean);
    await groupDuplicates(store);
    const seq = latestSeq(store);
    expect(await groupDuplicates(store)).toEqual({ groups: 1, copies: 1, changed: 0 });
    expect(latestSeq(store)).toBe(seq);
  });

  it('lets every index hear of each article whose preferred copy changed, and of no other', async () => {
    const store = temporaryStore();
    put(store, page, unrelated);
    await groupDuplicates(store);
    put(store, clean);
    const seq = latestSeq(store);
    await groupDuplicates(store);
    const heard = changesIn(store, { after: seq, upTo: latestSeq(store) }).map(
      (change) => change.seq,
    );
    expect(heard).toEqual([seq + 1]);
    expect(grouping(store)).toEqual({ page: 'clean' });
  });

  it('keeps the preferred copy when a later one is no better', async () => {
    const store = temporaryStore();
    put(store, clean);
    await groupDuplicates(store);
    put(store, { ...clean, id: 'later', date: '2022-03-08' });
    await groupDuplicates(store);
    expect(grouping(store)).toEqual({ later: 'clean' });
  });

  it('elects anew when the preferred copy is removed', async () => {
    const store = temporaryStore();
    put(store, page, clean, { ...clean, id: 'later', date: '2022-03-08' });
    await groupDuplicates(store);
    remove(store, 'clean');
    expect(await groupDuplicates(store)).toEqual({ groups: 1, copies: 1, changed: 2 });
    expect(grouping(store)).toEqual({ page: 'later' });
    remove(store, 'later');
    expect(await groupDuplicates(store)).toEqual({ groups: 0, copies: 0, changed: 1 });
  });

  it('lets an edited article leave its group and join another', async () => {
    const store = temporaryStore();
    put(store, unrelated, clean, { ...clean, id: 'copy' });
    await groupDuplicates(store);
    put(store, { ...unrelated, id: 'copy' });
    await groupDuplicates(store);
    expect(grouping(store)).toEqual({ copy: 'unrelated' });
    put(store, { ...unrelated, id: 'copy', text: story(7) });
    await groupDuplicates(store);
    expect(grouping(store)).toEqual({});
  });

  it('reaches the same groups by small steps, by small batches and exactly', async () => {
    const articles = mixedArticles();
    const [whole, stepwise, batched, exact] = [1, 2, 3, 4].map(() => temporaryStore());
    for (const store of [whole!, batched!, exact!]) put(store, ...articles);
    await groupDuplicates(whole!);
    await groupDuplicates(batched!, { batchSize: 3 });
    await groupDuplicates(exact!, { exact: true });
    for (const article of articles) {
      put(stepwise!, article);
      await groupDuplicates(stepwise!);
    }
    expect(Object.keys(grouping(whole!)).length).toBeGreaterThan(20);
    expect(grouping(stepwise!)).toEqual(grouping(whole!));
    expect(grouping(batched!)).toEqual(grouping(whole!));
    expect(grouping(exact!)).toEqual(grouping(whole!));
  });

  it('copes with edits and removals between the batches of one backlog', async () => {
    const articles = mixedArticles();
    const [store, fresh] = [temporaryStore(), temporaryStore()];
    put(store, ...articles);
    await groupDuplicates(store, { batchSize: 5 });
    // Each text moves on to the next article: every print loses the member it had.
    const moved = articles.map((article, at) => ({
      ...articles[(at + 1) % articles.length]!,
      id: article.id,
    }));
    put(store, ...moved);
    remove(store, moved[0]!.id);
    await groupDuplicates(store, { batchSize: 5 });
    put(fresh, ...moved);
    remove(fresh, moved[0]!.id);
    await groupDuplicates(fresh);
    expect(grouping(store)).toEqual(grouping(fresh));
  });

  it('loses nothing when it is interrupted at any write', async () => {
    const articles = mixedArticles();
    const [store, reference] = [temporaryStore(), temporaryStore()];
    put(store, ...articles);
    put(reference, ...articles);
    await groupDuplicates(reference);
    const stop = `CREATE TEMP TRIGGER stop BEFORE UPDATE OF duplicate_of ON articles
      WHEN (SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL) >= %
      BEGIN SELECT RAISE(ABORT, 'stopped'); END`;
    for (const limit of [0, 5, 11, 17]) {
      store.exec(stop.replace('%', String(limit)));
      await expect(groupDuplicates(store, { batchSize: 10 })).rejects.toThrow('stopped');
      store.exec('DROP TRIGGER stop');
    }
    await groupDuplicates(store, { batchSize: 10 });
    expect(grouping(store)).toEqual(grouping(reference));
  });

  it('does not merge texts that say nothing of their own', async () => {
    const store = temporaryStore();
    put(
      store,
      ...['甲', '乙', '丙'].map((title) => ({
        id: title,
        title,
        text: '查看原文',
        date: '2022-03-07',
      })),
    );
    put(store, { id: 'empty', text: '' }, { id: 'also-empty', text: '' });
    expect((await groupDuplicates(store)).groups).toBe(0);
  });

  it('handles thousands of equal texts', async () => {
    const store = temporaryStore();
    put(store, ...Array.from({ length: 3000 }, (_, at) => ({ ...clean, id: `n${at}` })));
    expect(await groupDuplicates(store)).toEqual({ groups: 1, copies: 2999, changed: 2999 });
  });

  it('starts afresh when the rules have changed', async () => {
    const store = temporaryStore();
    put(store, page, clean);
    await groupDuplicates(store);
    store.exec(
      `UPDATE meta SET value = 'earlier' WHERE key = 'duplicates-version'; DELETE FROM duplicate_matches`,
    );
    expect(await groupDuplicates(store)).toEqual({ groups: 1, copies: 1, changed: 0 });
  });

  it('never throws on any text', async () => {
    const store = temporaryStore();
    const random = seededRandom(3);
    const texts = Array.from({ length: 300 }, () =>
      Array.from({ length: Math.floor(random() * 60) }, () =>
        String.fromCharCode(random() * 65536),
      ).join(''),
    );
    put(store, ...texts.map((text, at) => ({ id: `n${at}`, title: text.slice(0, 20), text })));
    await expect(groupDuplicates(store, { exact: true })).resolves.toBeDefined();
  });
});
