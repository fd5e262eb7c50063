import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisedPieces } from '../../../indexer/analyzer/normalised-pieces.ts';
import { normaliseText } from '../../../indexer/analyzer/normalised-text.ts';
import { anyText } from './texts.ts';

describe('normalisedPieces', () => {
  it('gives what normalising the whole gives', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 20 }), (texts) => {
        const some = texts.map((text) => `${text}，\u0301後\u200b來。`).join('\n');
        const text = some.repeat(Math.ceil(80_000 / some.length));
        expect([...normalisedPieces(text)].join('')).toBe(normaliseText(text).text);
      }),
      { numRuns: 8 },
    );
  });

  it('takes a text without signs in pieces too', () => {
    const text = '後'.repeat(200_001) + '😀'.repeat(30_000);
    const pieces = [...normalisedPieces(text)];
    expect(pieces.join('')).toBe(normaliseText(text).text);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(40_000);
  });
});
