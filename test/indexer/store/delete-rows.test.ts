import { describe, expect, it } from 'vitest';
import { forgetGrams } from '../../../indexer/store/gram-postings.ts';
import { forgetVocabulary } from '../../../indexer/store/vocabulary.ts';
import type { Store } from '../../../indexer/store/database.ts';
import { temporaryStore } from '../duplicates/article-rows.ts';
import { writesBeside } from './writes-beside.ts';

const ROWS = 5_000;

/** A store with much of two indexes. */
function filledStore(): Store {
  const store = temporaryStore();
  const segment = store.prepare('INSERT INTO gram_segments VALUES (?, ?, 1, 1)');
  const posting = store.prepare(`INSERT INTO gram_postings VALUES (?, ?, x'01', x'')`);
  const term = store.prepare('INSERT INTO vocabulary VALUES (?, ?, 1)');
  store.transaction(() => {
    for (const [number, uid] of ['gone', 'kept'].entries()) {
      segment.run(number, uid);
      for (let row = 0; row < ROWS; row += 1) {
        posting.run(number, row);
        term.run(uid, `词${row}`);
      }
    }
  })();
  return store;
}

const counts = (store: Store, table: string, owner: string) =>
  store
    .prepare(`SELECT ${owner} AS owner, count(*) AS rows FROM ${table} GROUP BY 1 ORDER BY 1`)
    .all();

describe('What belongs to an index that is gone', () => {
  it('is deleted a little at a time, and nothing of another index with it', async () => {
    const store = filledStore();
    for (const forget of [forgetGrams, forgetVocabulary])
      expect(await writesBeside(store, forget(store, 'gone'))).toBeGreaterThan(5);
    expect(counts(store, 'gram_segments', 'uid')).toEqual([{ owner: 'kept', rows: 1 }]);
    expect(counts(store, 'gram_postings', 'segment')).toEqual([{ owner: 1, rows: ROWS }]);
    expect(counts(store, 'vocabulary', 'uid')).toEqual([{ owner: 'kept', rows: ROWS }]);
  });
});
