import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTerm, encodeTerm, MAX_TERM_LENGTH } from '../../../indexer/analyzer/opaque.ts';
import { anyText } from './texts.ts';

describe('encodeTerm', () => {
  it('writes three digits for a unit, six for one of the last', () => {
    expect(encodeTerm('a高\uffff')).toBe('02pul4zov073');
  });

  it('keeps the longest term within what the engine takes', () => {
    expect(encodeTerm('\uffff'.repeat(MAX_TERM_LENGTH)).length).toBeLessThan(250);
  });

  it('has its inverse in decodeTerm', () => {
    fc.assert(
      fc.property(anyText, (term) => {
        expect(encodeTerm(term)).toMatch(/^[0-9a-z]*$/);
        expect(decodeTerm(encodeTerm(term))).toBe(term);
      }),
    );
  });
});

describe('decodeTerm', () => {
  it.each(['ab', 'zzz', 'zof', 'ABC', '高新'])('refuses %s', (code) => {
    expect(() => decodeTerm(code)).toThrow(RangeError);
  });
});
