import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNameTrie } from '../../../indexer/annotators/name-trie.ts';

function namesAt(names: readonly string[], text: string, start: number): string[] {
  const found: string[] = [];
  createNameTrie(new Map(names.map((name) => [name, name]))).namesAt(text, start, (end, name) => {
    expect(text.slice(start, end)).toBe(name);
    found.push(name);
  });
  return found;
}

describe('createNameTrie', () => {
  it('finds all names that begin at a place, shortest first', () => {
    expect(namesAt(['苏州', '苏州高新区', '高新区'], '在苏州高新区内', 1)).toEqual([
      '苏州',
      '苏州高新区',
    ]);
  });

  it('finds nothing where no name begins, and nothing in nothing', () => {
    expect(namesAt(['苏州'], '在苏州', 0)).toEqual([]);
    expect(namesAt([], '苏州', 0)).toEqual([]);
    expect(namesAt(['', '苏州'], '', 0)).toEqual([]);
  });

  it('agrees with comparing every name', () => {
    const word = fc.string({
      unit: fc.constantFrom('苏', '州', '高', '新'),
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.uniqueArray(word), fc.array(word), (names, words) => {
        const text = words.join('');
        for (let start = 0; start < text.length; start++)
          expect(namesAt(names, text, start).sort()).toEqual(
            names.filter((name) => text.startsWith(name, start)).sort(),
          );
      }),
      { numRuns: 50 },
    );
  });
});
