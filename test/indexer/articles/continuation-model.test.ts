import { describe, expect, it } from 'vitest';
import {
  loadContinuationModel,
  PARAGRAPH_MARK,
  parseContinuationCounts,
  modelCharacters,
  continuationModelFromCounts,
  unpackCount,
} from '../../../indexer/articles/continuation-model.ts';
import {
  countContinuations,
  packCount,
  serializeContinuationCounts,
} from '../../bench/train-continuation-model.ts';

const TEXTS = Array.from({ length: 5 }, () => '园区出台政策，政策支持企业。');

describe('modelCharacters', () => {
  it('folds widths, digits, letters and white space', () => {
    expect(modelCharacters('３月 1日，Ab“园”').join('')).toBe('0月0日,aa"园"');
  });
});

describe('countContinuations, serializeContinuationCounts, parseContinuationCounts', () => {
  it('gives back the counts that were written', () => {
    const counts = countContinuations(TEXTS);
    expect(parseContinuationCounts(serializeContinuationCounts(counts))).toEqual(counts);
  });

  it('rejects another file', () => {
    expect(() => parseContinuationCounts(Buffer.from('nothing'))).toThrow();
  });

  it('keeps a packed count within four percent', () => {
    for (const count of [1, 128, 129, 1000, 123_456]) {
      expect(Math.abs(unpackCount(packCount(count)) / count - 1)).toBeLessThan(0.04);
    }
  });
});

describe('continuationModelFromCounts', () => {
  const model = continuationModelFromCounts(countContinuations(TEXTS));

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

describe('loadContinuationModel', () => {
  it('joins the halves of everyday words', () => {
    const model = loadContinuationModel();
    const joins = (before: string, after: string): number =>
      model.logProbability(modelCharacters(before), after) - model.logProbability([], after);
    expect(joins('研究出台主导政', '策')).toBeGreaterThan(3);
    expect(joins('如', '今')).toBeGreaterThan(joins('研究出台主导政', '今'));
  });
});
