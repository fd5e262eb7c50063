import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseText } from '../../../indexer/analyzer/normalised-text.ts';
import { anyText, differentlySpelt } from './texts.ts';

describe('normaliseText', () => {
  it.each([
    ['ＧＤＰ增長３．８％', 'gdp增长3.8%'],
    ['30㎡的㈱', '30m2的(株)'],
    ['乾隆、乾坤、乾燥', '乾隆、乾坤、干燥'],
    ['他隨著著名的作者', '他随着著名的作者'],
    ['高\u200b新\ufeff区', '高新区'],
    ['e\u0301 ｶﾞ ㄱㅏ', 'é ガ 가'],
    ['𝐀 ΣΑΣ', 'a σασ'],
    ['\ud800\udbff', '\ud800\udbff'],
  ])('makes %s into %s', (text, expected) => {
    expect(normaliseText(text).text).toBe(expected);
  });

  it.each([...differentlySpelt])('simplifies %s', (traditional, simplified) => {
    expect(normaliseText(traditional).text).toBe(simplified.replace('，', ','));
  });

  it.each([
    ...['著名的专著、原著和名著', '着急地看着', '皇后乘船走了几公里', '于是发现干部了解乾隆'],
    ...[
      '一坏一好',
      '沈阳的沈先生',
      '台风吹过台州',
      '只有一只',
      '复杂的回复',
      '头发和发展',
      '什么么',
    ],
  ])('leaves simplified text alone: %s', (text) => {
    expect(normaliseText(text).text).toBe(text.replaceAll('，', ','));
  });

  it('is NFKC in lower case where neither script nor invisible characters come in', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...Array.from('aÉе\u0301\u0323ﬁ㎡½①가ㄱㅏｶﾞΩ１％')),
    });
    fc.assert(
      fc.property(letters, (text) => {
        expect(normaliseText(text).text).toBe(
          text.normalize('NFKC').toLowerCase().normalize('NFKC'),
        );
      }),
    );
  });

  it('maps every span into the original, in order', () => {
    fc.assert(
      fc.property(anyText, (original) => {
        const normalised = normaliseText(original);
        const { text } = normalised;
        let before = 0;
        for (let at = 0; at < text.length; at++) {
          const { start, end } = normalised.toOriginal(at, at + 1);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(original.length);
          expect(start).toBeGreaterThanOrEqual(before);
          expect(normalised.toOriginal(0, at + 1).end).toBe(end);
          expect(normalised.toOriginal(at, text.length).start).toBe(start);
          before = start;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('maps a span to what it came from', () => {
    const normalised = normaliseText('约３０㎡，\u200b乾燥é');
    const origin = (part: string) => {
      const start = normalised.text.indexOf(part);
      return normalised.toOriginal(start, start + part.length);
    };
    expect(origin('30')).toEqual({ start: 1, end: 3 });
    expect(origin('2')).toEqual({ start: 3, end: 4 });
    expect(origin('干燥')).toEqual({ start: 6, end: 8 });
    expect(normalised.toOriginal(2, 2)).toEqual({ start: 2, end: 2 });
  });
});
