import { describe, expect, it } from 'vitest';
import { forgetVocabulary } from '../../../indexer/store/vocabulary.ts';
import type { Store } from '../../../indexer/store/database.ts';
import { temporaryStore } from '../duplicates/article-rows.ts';
import { writesBeside } from './writes-beside.ts';

const ROWS = 5_000;

/** A store with much of two indexes. */
function filledStore(): Store {
  const store = temporaryStore();
  const term = store.prepare('INSERT INTO vocabulary VALUES (?, ?, 1)');
  store.transaction(() => {
    for (const uid of ['gone', 'kept'])
      for (let row = 0; row < ROWS; row += 1) term.run(uid, `词${row}`);
  })();
  return store;
}

describe('What belongs to an index that is gone', () => {
  it('is deleted a little at a time, and nothing of another index with it', async () => {
    const store = filledStore();
    expect(await writesBeside(store, forgetVocabulary(store, 'gone'))).toBeGreaterThan(5);
    const counts = store.prepare('SELECT uid, count(*) AS terms FROM vocabulary GROUP BY 1').all();
    expect(counts).toEqual([{ uid: 'kept', terms: ROWS }]);
  });
});
