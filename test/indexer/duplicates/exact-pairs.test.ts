import { describe, expect, it } from 'vitest';
import { groupDuplicates } from '../../../indexer/duplicates/group-duplicates.ts';
import { grouping, put, temporaryStore } from './article-rows.ts';
import { inventStory, misread } from './invented-text.ts';

describe('groupDuplicates, exact', () => {
  it('finds every pair that the rules accept', async () => {
    const store = temporaryStore();
    // Half the text and each with passages of its own: the least alike that still are copies.
    const articles = Array.from({ length: 60 }, (_, seed) => inventStory(seed + 500, 8)).flatMap(
      (paragraphs, at) => [
        { id: `${at}-whole`, text: paragraphs.join('\n'), date: '2022-03-07' },
        {
          id: `${at}-part`,
          text: misread(paragraphs.slice(0, 5).join('\n'), 0.005, at),
          date: '2022-03-07',
        },
      ],
    );
    put(store, ...articles);
    await groupDuplicates(store, { exact: true });
    const found = Object.keys(grouping(store)).length;
    expect(found).toBeGreaterThanOrEqual(58);
    expect((await groupDuplicates(store, { exact: true })).changed).toBe(0);
  });
});
