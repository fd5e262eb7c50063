import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName, foldText, originalSpan } from '../../../indexer/annotators/folded-text.ts';

describe('foldText', () => {
  const cases: readonly [string, string, string][] = [
    ['full width', 'ＡＢ１２', 'AB12'],
    ['brackets', '中国（上海）【讯】', '中国(上海)(讯)'],
    ['dashes', '滨海—中关村－科技园–园', '滨海-中关村-科技园-园'],
    ['traditional', '貴陽綜合保稅區', '贵阳综合保税区'],
    ['invisible', '贵\u200b阳\ufeff高新区', '贵阳高新区'],
    ['one blank between characters', '贵阳 高新区', '贵阳高新区'],
    ['full-width blank', '贵阳\u3000高新区', '贵阳高新区'],
    ['a blank beside a digit', '3 月', '3 月'],
    ['two blanks', '上  下', '上  下'],
    ['line breaks', '上\n下', '上\n下'],
    ['乾 in names', '乾安县', '乾安县'],
    ['what is folded already', '贵阳高新区', '贵阳高新区'],
  ];
  it.each(cases)('makes one form of %s', (_, original, folded) => {
    expect(foldText(original).text).toBe(folded);
    expect(foldName(original)).toBe(folded);
  });

  it('gives the place in the original', () => {
    const original = '在\u200b貴陽 高新區，';
    const folded = foldText(original);
    const start = folded.text.indexOf('贵阳');
    const span = originalSpan(folded, start, start + 5);
    expect(original.slice(span.start, span.end)).toBe('貴陽 高新區');
  });

  it('keeps offsets in order and inside any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (original) => {
        const { text, origins } = foldText(original);
        expect(origins).toHaveLength(text.length + 1);
        expect(origins.at(-1)).toBe(original.length);
        expect(origins.every((at, index) => index === 0 || at > (origins[index - 1] ?? 0))).toBe(
          true,
        );
      }),
    );
  });
});
