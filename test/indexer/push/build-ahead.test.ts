import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { buildAhead } from '../../../indexer/push/build-ahead.ts';
import type { BuiltChanges } from '../../../indexer/push/built-changes.ts';
import type { BuiltDocument } from '../../../indexer/documents/engine-document.ts';
import { latestSeq } from '../../../indexer/store/changes.ts';
import type { StoredArticle } from '../../../indexer/store/stored-article.ts';
import type { ChangePool } from '../../../indexer/push/change-pool.ts';
import { put, temporaryStore } from '../duplicates/article-rows.ts';

function build({ doc, changedSeq }: StoredArticle): BuiltDocument {
  return {
    json: `{"doc":${doc}}`,
    terms: [],
    grams: '',
    ranking: {
      doc,
      changedSeq,
      text: '',
      bodyStart: 0,
      cuts: new Uint8Array(1),
      primaryPark: null,
      firstDay: null,
    },
  };
}

const noThreads = () => expect.unreachable();

/** A pool that only notes which ranges it is given. */
function notingPool(ranges: (readonly [number, number])[]) {
  return (): ChangePool => ({
    threads: 1,
    isReady: () => true,
    run: ([range]) => {
      ranges.push([range!.after, range!.upTo]);
      const value: BuiltChanges = {
        upTo: range!.upTo,
        batches: [],
        documents: 0,
        removals: [],
        counts: { articles: 0, characters: 0, articlesWith: new Map() },
        rankings: [],
        grams: [],
      };
      return Promise.resolve([{ type: 'done', value }]);
    },
    close: () => Promise.resolve(),
  });
}

const articles = (count: number, text: string) =>
  Array.from({ length: count }, (_, n) => ({ id: `a${n}`, text }));

describe('buildAhead', () => {
  it('lets others have their turn between a few short articles, which need no threads', async () => {
    const store = temporaryStore();
    put(store, ...articles(20, '短'));
    let turns = 0;
    const state = { isDone: false };
    const others = (async () => {
      for (; !state.isDone; turns += 1) await nextTurn();
    })();
    const slowly = (article: StoredArticle) => {
      // As long as a document of some thousand characters takes.
      for (const since = performance.now(); performance.now() - since < 12;);
      return build(article);
    };
    let documents = 0;
    for await (const part of buildAhead(0, null, {
      store,
      dataDir: '',
      buildDocument: slowly,
      openChangePool: noThreads,
    }))
      documents += part.documents;
    state.isDone = true;
    await others;
    expect(documents).toBe(20);
    expect(turns).toBeGreaterThanOrEqual(20);
  });

  it('leaves a long text to threads, and gives them few long texts at once', async () => {
    const store = temporaryStore();
    put(store, ...articles(7, '长'.repeat(600_000)));
    const ranges: (readonly [number, number])[] = [];
    const options = {
      store,
      dataDir: '',
      buildDocument: noThreads,
      openChangePool: notingPool(ranges),
    };
    for await (const _ of buildAhead(0, null, options));
    expect(ranges).toEqual([1, 2, 3, 4, 5, 6, 7].map((seq) => [seq - 1, seq]));
  });

  it('goes over to threads when many more come in', async () => {
    const store = temporaryStore();
    put(store, ...articles(10, '短'));
    const ranges: (readonly [number, number])[] = [];
    let isFirst = true;
    for await (const part of buildAhead(0, null, {
      store,
      dataDir: '',
      buildDocument: build,
      openChangePool: notingPool(ranges),
    })) {
      if (isFirst) put(store, ...articles(2_000, '新'));
      isFirst = false;
      expect(part.upTo).toBeLessThanOrEqual(latestSeq(store));
    }
    expect(ranges[0]?.[0]).toBe(10);
    expect(ranges.at(-1)?.[1]).toBe(latestSeq(store));
  });
});
