import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Posting } from '../../../indexer/store/gram-blocks.ts';
import { docsIn, packPostings, unpackBlock } from '../../../indexer/store/gram-blocks.ts';
import { mergePostings, postingsInRun, toGramRun } from '../../../indexer/store/gram-runs.ts';

const docs = fc
  .uniqueArray(fc.nat({ max: 2 ** 40 }), { minLength: 1, maxLength: 40 })
  .map((numbers) => numbers.sort((a, b) => a - b));
const postings = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 2 ** 37 - 1 }), docs), { selector: ([gram]) => gram })
  .map((pairs): Posting[] =>
    pairs.map(([gram, list]) => ({ gram, docs: list })).sort((a, b) => a.gram - b.gram),
  );

describe('blocks of grams', () => {
  it('are the same unpacked, and give the documents of each gram', () => {
    fc.assert(
      fc.property(postings, fc.nat({ max: 2 ** 37 - 1 }), (all, stranger) => {
        const blocks = [...packPostings(all)];
        expect(blocks.flatMap((block) => [...unpackBlock(block)])).toEqual(all);
        for (const { gram, docs: list } of all) {
          const block = blocks.findLast((one) => one.gram <= gram);
          expect(docsIn(block!, gram)).toEqual(list);
        }
        if (!all.some(({ gram }) => gram === stranger))
          for (const block of blocks) expect(docsIn(block, stranger)).toEqual([]);
      }),
    );
  });

  it('are many when there is much', () => {
    const all = Array.from({ length: 5_000 }, (_, gram) => ({ gram, docs: [gram] }));
    expect([...packPostings(all)].length).toBeGreaterThan(3);
  });
});

describe('merged postings', () => {
  it('hold each document of each gram once, whatever came from where', () => {
    fc.assert(
      fc.property(fc.array(postings, { maxLength: 5 }), (origins) => {
        const expected = new Map<number, Set<number>>();
        for (const { gram, docs: list } of origins.flat())
          expected.set(gram, new Set([...(expected.get(gram) ?? []), ...list]));
        const merged = [...mergePostings(origins.map((origin) => origin.values()))];
        expect(merged).toEqual(
          [...expected]
            .map(([gram, set]) => ({ gram, docs: [...set].sort((a, b) => a - b) }))
            .sort((a, b) => a.gram - b.gram),
        );
      }),
    );
  });

  it('of a run tell which articles have a gram', () => {
    const run = toGramRun([
      { doc: 9, codes: Float64Array.of(1, 2 ** 37 - 1) },
      { doc: 4, codes: Float64Array.of(1, 7) },
    ]);
    expect(run.articles).toBe(2);
    expect([...postingsInRun(run)]).toEqual([
      { gram: 1, docs: [4, 9] },
      { gram: 7, docs: [4] },
      { gram: 2 ** 37 - 1, docs: [9] },
    ]);
  });
});
