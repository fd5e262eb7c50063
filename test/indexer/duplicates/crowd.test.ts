import { describe, expect, it } from 'vitest';
import { createCandidateIndex, createTopK } from '../../../indexer/duplicates/candidate-index.ts';
import { fingerprintOf } from '../../../indexer/duplicates/fingerprints.ts';
import { groupDuplicates } from '../../../indexer/duplicates/group-duplicates.ts';
import { parseStoryRow } from '../../../indexer/duplicates/story.ts';
import { grouping, put, temporaryStore } from './article-rows.ts';
import { appointments } from './invented-text.ts';

describe('a crowd of texts cast in one mould', () => {
  const texts = appointments(1500);

  it('has each text compared with a bounded number of others', async () => {
    const documents = texts.map((text, at) => {
      const row = { title: '', text, parks: '[]', first_day: null, last_day: null };
      return { ...fingerprintOf(at, parseStoryRow(row)), id: -1 - at };
    });
    const index = createCandidateIndex(temporaryStore());
    const lists = await index.candidatesOf(documents, () => undefined);
    expect(Math.max(...lists.map((list) => list.length))).toBe(100);
    expect(new Set(lists[1499]).size).toBe(100);
  });

  it('has its copies found, whether they come with it or after it', async () => {
    const store = temporaryStore();
    const copyOf = (at: number) => ({ id: `copy-${at}`, text: texts[at]!.replace('认真', '仔细') });
    const rows = texts.map((text, at) => ({ id: `text-${at}`, text }));
    put(store, ...rows, ...[3, 700, 1490].map(copyOf));
    await groupDuplicates(store, { batchSize: 400 });
    put(store, copyOf(8));
    await groupDuplicates(store);
    expect(grouping(store)).toEqual(
      Object.fromEntries([1490, 3, 700, 8].map((at) => [`copy-${at}`, `text-${at}`])),
    );
  });
});

describe('createTopK', () => {
  it('keeps those that share most, then the lowest ranks, whatever the order', () => {
    for (const order of [(a: number) => a, (a: number) => -a]) {
      const list = createTopK(3);
      const ranks = Array.from({ length: 40 }, (_, rank) => rank);
      for (const rank of ranks.sort((a, b) => order(a) - order(b))) {
        const shared = rank === 17 ? 9 : rank % 5;
        if (list.accepts(shared, rank)) list.add(shared, rank);
      }
      expect(list.ranks()).toEqual([17, 4, 9]);
    }
  });
});
