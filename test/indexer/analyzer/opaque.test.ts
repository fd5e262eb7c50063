import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTerm, encodeTerm } from '../../../indexer/analyzer/opaque.ts';
import { anyText } from './texts.ts';

describe('encodeTerm', () => {
  it('writes four letters for a unit', () => {
    expect(encodeTerm('\u1234\uffff')).toBe('bcdepppp');
  });

  it('has its inverse in decodeTerm', () => {
    fc.assert(
      fc.property(anyText, (term) => {
        expect(encodeTerm(term)).toMatch(/^[a-p]*$/);
        expect(decodeTerm(encodeTerm(term))).toBe(term);
      }),
    );
  });
});

describe('decodeTerm', () => {
  it.each(['abc', 'abcq', 'ABCD', '高新'])('refuses %s', (code) => {
    expect(() => decodeTerm(code)).toThrow(RangeError);
  });
});
