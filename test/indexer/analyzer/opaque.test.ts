import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseText } from '../../../indexer/analyzer/normalised-text.ts';
import {
  encodeTerm,
  encodeTerms,
  encodeTitleTerms,
  MAX_TERM_LENGTH,
} from '../../../indexer/analyzer/opaque.ts';
import { titleTerm } from '../../../indexer/documents/special-terms.ts';
import { anyText } from './texts.ts';

const listed = readFileSync('config/frequent-terms.txt', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

describe('encodeTerm', () => {
  it.each([
    ['新', '00'],
    ['gdp', /^[0-9a-v][0-9a-z]{1,2}$|^wgdp$/],
    ['zzyzx', 'wzzyzx'],
    ['t:新', 'y00'],
    ['t:龘龘', /^yz(?:[wx][0-9a-z]{3}){2}$/],
    ['n:4569', 'xnw4569'],
    ['龘龘', /^z(?:[wx][0-9a-z]{3}){2}$/],
  ])('writes %s as %s', (term, code) => {
    expect(encodeTerm(term)).toMatch(typeof code === 'string' ? new RegExp(`^${code}$`) : code);
  });

  it('keeps the longest term within what the engine takes', () => {
    for (const unit of ['\uffff', '龘', 'z', '!'])
      for (const term of [unit.repeat(MAX_TERM_LENGTH), `t:${unit.repeat(MAX_TERM_LENGTH)}`])
        expect(encodeTerm(term).length).toBeLessThan(250);
  });

  it('writes digits and small letters only, no two terms alike', () => {
    const codes = new Map<string, string>();
    const take = (term: string) => {
      const code = encodeTerm(term);
      expect(code).toMatch(/^[0-9a-z]+$/);
      expect(codes.get(code) ?? term).toBe(term);
      codes.set(code, term);
    };
    listed.forEach(take);
    for (let unit = 0; unit < 0x10000; unit++) take(String.fromCharCode(unit));
    const piece = fc.oneof(
      fc.constantFrom(...listed.slice(0, 2_000), 't:', 'n:', 'p:', 'w', 'x', 'z', '0', '00'),
      anyText.filter((text) => text !== ''),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('')),
        take,
      ),
      { numRuns: 20_000 },
    );
  });
});

describe('encodeTerms', () => {
  it('joins codes with a space, the commonest terms first', () => {
    expect(encodeTerms(['t:新', 'zzyzx', '国', '新'])).toBe('00 01 y00 wzzyzx');
    expect(encodeTerms([])).toBe('');
  });

  it('writes each term once, and none that stands elsewhere', () => {
    const term = fc.oneof(fc.constantFrom(...listed.slice(0, 20), 't:新', 'zzyzx'), anyText);
    fc.assert(
      fc.property(fc.array(term), fc.array(term), (terms, without) => {
        const wanted = new Set(terms.filter((one) => !without.includes(one)).map(encodeTerm));
        const codes = encodeTerms(terms, without);
        expect(codes === '' ? [] : codes.split(' ').sort()).toEqual([...wanted].sort());
      }),
    );
  });
});

describe('encodeTitleTerms', () => {
  it('writes what a search for the title term asks for', () => {
    const term = fc.oneof(fc.constantFrom(...listed.slice(0, 2_000), 'n:30', 'zzyzx'), anyText);
    fc.assert(
      fc.property(fc.uniqueArray(term.filter((one) => one !== '')), (terms) => {
        const codes = encodeTitleTerms(terms);
        const wanted = terms.map((one) => encodeTerm(titleTerm(one)));
        expect(codes === '' ? [] : codes.split(' ').sort()).toEqual(wanted.sort());
      }),
    );
  });
});

describe('the list of frequent terms', () => {
  it('holds terms as they are normalised, each once', () => {
    expect(new Set(listed).size).toBe(listed.length);
    for (const term of listed) expect(normaliseText(term).text).toBe(term);
  });
});
