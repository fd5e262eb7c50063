import { describe, expect, it } from 'vitest';
import { percentile, qualityOf, rankOf } from './metrics.ts';

describe('rankOf', () => {
  it('counts from 1', () => {
    expect(rankOf('b', ['a', 'b', 'c'])).toBe(2);
  });

  it('is null for an article that is not there', () => {
    expect(rankOf('x', ['a', 'b'])).toBeNull();
  });

  it('looks at the first ten only', () => {
    const eleven = Array.from({ length: 11 }, (_, index) => `${index}`);
    expect(rankOf('9', eleven)).toBe(10);
    expect(rankOf('10', eleven)).toBeNull();
  });
});

describe('qualityOf', () => {
  it.each([
    { ranks: [1, 1], mrr: 1, recall1: 1, recall10: 1, ndcg10: 1 },
    { ranks: [null, null], mrr: 0, recall1: 0, recall10: 0, ndcg10: 0 },
    { ranks: [1, null], mrr: 0.5, recall1: 0.5, recall10: 0.5, ndcg10: 0.5 },
    { ranks: [3], mrr: 1 / 3, recall1: 0, recall10: 1, ndcg10: 0.5 },
    { ranks: [1, 2], mrr: 0.75, recall1: 0.5, recall10: 1, ndcg10: (1 + 1 / Math.log2(3)) / 2 },
    { ranks: [], mrr: 0, recall1: 0, recall10: 0, ndcg10: 0 },
  ])('scores ranks $ranks', ({ ranks, ...expected }) => {
    const quality = qualityOf(ranks);
    expect(quality.mrr).toBeCloseTo(expected.mrr);
    expect(quality.recall1).toBeCloseTo(expected.recall1);
    expect(quality.recall10).toBeCloseTo(expected.recall10);
    expect(quality.ndcg10).toBeCloseTo(expected.ndcg10);
  });

  it('gives the standard error of the mean', () => {
    expect(qualityOf([1, null, 1, null]).standardError).toBeCloseTo(0.25);
    expect(qualityOf([1, 1, 1]).standardError).toBe(0);
  });
});

describe('percentile', () => {
  it.each([
    { values: [3, 1, 2], share: 0.5, expected: 2 },
    { values: [4, 3, 2, 1], share: 0.5, expected: 2 },
    { values: [...Array(100).keys()], share: 0.95, expected: 94 },
    { values: [7], share: 0.95, expected: 7 },
    { values: [], share: 0.5, expected: 0 },
  ])('takes $share of $values.length values', ({ values, share, expected }) => {
    expect(percentile(values, share)).toBe(expected);
  });
});
