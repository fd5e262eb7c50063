import { describe, expect, it } from 'vitest';
import {
  loadSeamModel,
  PARAGRAPH_MARK,
  parseSeamCounts,
  seamCharacters,
  seamModelFromCounts,
  unpackCount,
} from '../../../indexer/articles/seam-model.ts';
import { countSeams, packCount, serializeSeamCounts } from '../../bench/train-seam-model.ts';

const TEXTS = Array.from({ length: 5 }, () => '园区出台政策，政策支持企业。');

describe('seamCharacters', () => {
  it('folds widths, digits, letters and white space', () => {
    expect(seamCharacters('３月 1日，Ab“园”').join('')).toBe('0月0日,aa"园"');
  });
});

describe('countSeams, serializeSeamCounts, parseSeamCounts', () => {
  it('gives back the counts that were written', () => {
    const counts = countSeams(TEXTS);
    expect(parseSeamCounts(serializeSeamCounts(counts))).toEqual(counts);
  });

  it('rejects another file', () => {
    expect(() => parseSeamCounts(Buffer.from('nothing'))).toThrow();
  });

  it('keeps a packed count within four percent', () => {
    for (const count of [1, 128, 129, 1000, 123_456]) {
      expect(Math.abs(unpackCount(packCount(count)) / count - 1)).toBeLessThan(0.04);
    }
  });
});

describe('seamModelFromCounts', () => {
  const model = seamModelFromCounts(countSeams(TEXTS));

  it('prefers what it has seen', () => {
    expect(model.logProbability(['政'], '策')).toBeGreaterThan(model.logProbability(['政'], '园'));
    expect(model.logProbability([PARAGRAPH_MARK], '园')).toBeGreaterThan(
      model.logProbability([PARAGRAPH_MARK], '企'),
    );
    expect(model.pairCount('政', '策')).toBe(10);
  });

  it('gives every character some probability, known or not', () => {
    for (const context of [[], ['政'], ['□'], ['□', '政']]) {
      expect(model.logProbability(context, '□')).toBeGreaterThan(-Infinity);
      expect(model.logProbability(context, '策')).toBeLessThanOrEqual(0);
    }
  });
});

describe('loadSeamModel', () => {
  it('joins the halves of everyday words', () => {
    const model = loadSeamModel();
    const joins = (before: string, after: string): number =>
      model.logProbability(seamCharacters(before), after) - model.logProbability([], after);
    expect(joins('研究出台主导政', '策')).toBeGreaterThan(3);
    expect(joins('如', '今')).toBeGreaterThan(joins('研究出台主导政', '今'));
  });
});
