import { describe, expect, it } from 'vitest';
import {
  BANDS,
  bandKeys,
  countShared,
  coveredPart,
  shingleSet,
} from '../../../indexer/duplicates/shingles.ts';
import { seededRandom } from './invented-text.ts';

/** Two random sets of that size and Jaccard similarity. */
function similarSets(size: number, similarity: number, seed: number): [Uint32Array, Uint32Array] {
  const random = seededRandom(seed);
  const draw = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 2 ** 32));
  const common = draw(Math.round((2 * size * similarity) / (1 + similarity)));
  const make = () => Uint32Array.from([...common, ...draw(size - common.length)]).sort();
  return [make(), make()];
}

function rateOfCandidates(size: number, similarity: number): number {
  let found = 0;
  for (let trial = 0; trial < 300; trial++) {
    const [a, b] = similarSets(size, similarity, trial).map(bandKeys) as [Int32Array, Int32Array];
    if (a.some((key, band) => key === b[band])) found += 1;
  }
  return found / 300;
}

describe('bandKeys', () => {
  it('gives equal sets equal keys and an empty set none', () => {
    const set = shingleSet('贵阳高新区一窗通办改革满一年');
    expect(bandKeys(set)).toHaveLength(BANDS);
    expect(bandKeys(set)).toEqual(bandKeys(set.slice()));
    expect(bandKeys(new Uint32Array())).toHaveLength(0);
  });

  it.each([
    [30, 0.5, 0.98, 1],
    [400, 0.5, 0.99, 1],
    [400, 0.36, 0.9, 1],
    [400, 0.05, 0, 0.03],
  ])(
    'proposes sets of %i with similarity %f in a share of %f to %f',
    (size, similarity, low, high) => {
      const rate = rateOfCandidates(size, similarity);
      expect(rate).toBeGreaterThanOrEqual(low);
      expect(rate).toBeLessThanOrEqual(high);
    },
  );
});

describe('shingleSet', () => {
  it('does not depend on the order of repeated passages, and is empty below five units', () => {
    expect(shingleSet('一二三四')).toHaveLength(0);
    expect(shingleSet('一二三四五一二三四五一二三四五')).toHaveLength(5);
  });

  it('counts shared members', () => {
    const [a, b] = [shingleSet('甲乙丙丁戊己庚'), shingleSet('丙丁戊己庚辛')];
    expect(countShared(a, b)).toBe(1);
    expect(countShared(a, a)).toBe(a.length);
  });
});

describe('coveredPart', () => {
  it('loses one unit for one changed unit', () => {
    const text = '离心机质谱仪细胞培养间迎来了一批特殊的客人';
    const changed = text.replace('养', '羊');
    expect(coveredPart(changed, shingleSet(text))).toBeCloseTo(1 - 1 / text.length);
    expect(coveredPart('', shingleSet(text))).toBe(0);
  });
});
