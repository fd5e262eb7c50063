import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableText } from '../../../indexer/duplicates/comparable-text.ts';

describe('comparableText', () => {
  it.each([
    ['punctuation of either width', '“一网通办”,3小时;', '一网通办3小时'],
    ['spaces and line breaks', '贵 阳\n高　新 区', '贵阳高新区'],
    ['full-width letters and digits', 'ＡＩ５Ｇ', 'ai5g'],
    ['traditional characters', '貴陽高新區數據', '贵阳高新区数据'],
    ['characters that both scripts share', '高新区人才公寓', '高新区人才公寓'],
    ['compatibility forms', '㎡', 'm2'],
    ['nothing but marks', '……！', ''],
  ])('folds %s', (_, text, expected) => {
    expect(comparableText(text)).toBe(expected);
  });

  it('keeps rare characters beyond the basic plane whole', () => {
    expect(comparableText('𠮷野')).toBe('𠮷野');
  });

  it('is stable: a folded text folds to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = comparableText(text);
        expect(comparableText(folded)).toBe(folded);
      }),
    );
  });
});
