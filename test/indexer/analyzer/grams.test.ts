import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gramsOf, headingGram, queryGramsOf } from '../../../indexer/analyzer/grams.ts';
import { normaliseText } from '../../../indexer/analyzer/normalised-text.ts';
import { anyText, differentlySpelt } from './texts.ts';

/** Without the halves of characters that would become one when joined. */
const wholeText = anyText.map((text) => text.replace(/\p{Surrogate}/gu, ''));

describe('gramsOf', () => {
  it('gives single characters and pairs within runs', () => {
    expect(gramsOf('高新区')).toEqual(['高', '新', '高新', '区', '新区']);
    expect(gramsOf('高，新')).toEqual(['高', '新']);
    expect(gramsOf('ＡＩ2.0')).toEqual(['a', 'i', 'ai', '2', 'i2', '0']);
    expect(gramsOf('30㎡')).toEqual(['3', '0', '30', 'm', '0m', '2', 'm2']);
    expect(gramsOf('乾隆')).toEqual(gramsOf('干隆'));
  });

  it('of a piece are among those of the whole, wherever it is cut between characters', () => {
    fc.assert(
      fc.property(wholeText, wholeText, wholeText, (before, piece, after) => {
        const grams = new Set(gramsOf(before + piece + after));
        for (const gram of gramsOf(piece)) expect(grams.has(gram)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('are the same before and after normalising, for any of the spellings', () => {
    fc.assert(
      fc.property(wholeText, (text) => {
        expect(gramsOf(normaliseText(text).text)).toEqual(gramsOf(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(differentlySpelt)('are the same in both scripts: %s', (traditional, simplified) => {
    expect(gramsOf(traditional)).toEqual(gramsOf(simplified));
  });
});

describe('queryGramsOf', () => {
  it.each([
    ['高新区', ['高新', '新区']],
    ['高', ['高']],
    ['高新，区', ['高新', '区']],
    ['，。', []],
  ])('takes the fewest for %s', (text, expected) => {
    expect(queryGramsOf(text)).toEqual(expected);
  });

  it('is a part of gramsOf', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const grams = new Set(gramsOf(text));
        for (const gram of queryGramsOf(text)) expect(grams.has(gram)).toBe(true);
      }),
    );
  });
});

describe('headingGram', () => {
  it('is no gram of any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const grams = gramsOf(text);
        for (const gram of grams)
          expect(gramsOf(headingGram(gram))).not.toContain(headingGram(gram));
        for (const gram of grams) expect(gram).not.toMatch(/[《"\s]/u);
      }),
    );
  });
});
