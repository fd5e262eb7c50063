import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLikelihoodRatio, significantTerms } from '../../../server/parks/significant-terms.ts';

const uses = fc
  .record({
    articlesHere: fc.integer({ min: 1, max: 200 }),
    articlesElsewhere: fc.integer({ min: 1, max: 100_000 }),
  })
  .chain((sizes) =>
    fc.record({
      here: fc.integer({ min: 0, max: sizes.articlesHere }),
      elsewhere: fc.integer({ min: 0, max: sizes.articlesElsewhere }),
      articlesHere: fc.constant(sizes.articlesHere),
      articlesElsewhere: fc.constant(sizes.articlesElsewhere),
    }),
  );

describe('logLikelihoodRatio', () => {
  it('is a number whatever the counts', () => {
    fc.assert(fc.property(uses, (use) => Number.isFinite(logLikelihoodRatio(use))));
  });

  it('is positive where the word is commoner here, negative where it is rarer', () => {
    fc.assert(
      fc.property(uses, (use) => {
        const difference = use.here * use.articlesElsewhere - use.elsewhere * use.articlesHere;
        if (difference === 0) expect(logLikelihoodRatio(use)).toBeCloseTo(0, 5);
        // Rounding may eat up the score of a difference too small to matter.
        else expect(logLikelihoodRatio(use) * Math.sign(difference)).toBeGreaterThan(-1e-6);
        if (Math.abs(difference) > use.articlesHere * use.articlesElsewhere * 0.2)
          expect(logLikelihoodRatio(use) * Math.sign(difference)).toBeGreaterThan(0);
      }),
    );
  });

  it('changes only its sign when here and elsewhere change places', () => {
    fc.assert(
      fc.property(uses, (use) => {
        const swapped = {
          here: use.elsewhere,
          articlesHere: use.articlesElsewhere,
          elsewhere: use.here,
          articlesElsewhere: use.articlesHere,
        };
        expect(logLikelihoodRatio(swapped)).toBeCloseTo(-logLikelihoodRatio(use), 5);
      }),
    );
  });

  it('is as worked out by hand', () => {
    // Expected: 1 of 10 and 9 of 90 articles with the word, 9 and 81 without.
    const expected =
      2 * (4 * Math.log(4) + 6 * Math.log(6 / 9) + 6 * Math.log(6 / 9) + 84 * Math.log(84 / 81));
    const use = { here: 4, articlesHere: 10, elsewhere: 6, articlesElsewhere: 90 };
    expect(logLikelihoodRatio(use)).toBeCloseTo(expected, 9);
  });

  it('is twice as high for twice as many articles of the same shares', () => {
    fc.assert(
      fc.property(uses, (use) => {
        const doubled = {
          here: 2 * use.here,
          articlesHere: 2 * use.articlesHere,
          elsewhere: 2 * use.elsewhere,
          articlesElsewhere: 2 * use.articlesElsewhere,
        };
        expect(logLikelihoodRatio(doubled)).toBeCloseTo(2 * logLikelihoodRatio(use), 5);
      }),
    );
  });
});

describe('significantTerms', () => {
  const corpus = (counts: Readonly<Record<string, number>>, articles = 1000) => ({
    articles: () => articles,
    articlesWith: (word: string) => counts[word] ?? 0,
  });
  const words = (counts: Readonly<Record<string, number>>, known: Record<string, number>) =>
    significantTerms(
      { articles: 10, words: new Map(Object.entries(counts)) },
      corpus(known),
      5,
    ).map(({ word }) => word);

  it('puts what stands only here before what stands everywhere', () => {
    const here = { 白酒: 8, 服务: 9, 数据: 6 };
    expect(words(here, { 白酒: 8, 服务: 900, 数据: 60 })).toEqual(['白酒', '数据']);
  });

  it('leaves out a word of one article', () => {
    expect(words({ 白酒: 1 }, { 白酒: 1 })).toEqual([]);
  });

  it('leaves out what chance explains', () => {
    expect(words({ 服务: 9, 数据: 2 }, { 服务: 900, 数据: 100 })).toEqual([]);
  });

  it('names one of two words that hold each other', () => {
    expect(words({ 白酒: 6, 白酒产业: 5 }, { 白酒: 6, 白酒产业: 5 })).toHaveLength(1);
  });

  it('takes an index that counted less than there is', () => {
    expect(words({ 白酒: 8 }, {})).toEqual(['白酒']);
    expect(
      significantTerms({ articles: 3, words: new Map([['白酒', 3]]) }, corpus({}, 0), 5),
    ).toEqual([]);
  });
});
