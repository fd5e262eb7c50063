import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNameSearch, createTrieStep, layOutTrie } from '../../../indexer/core/trie.ts';

function namesAt(names: readonly string[], text: string, start: number): string[] {
  const found: string[] = [];
  createNameSearch(new Map(names.map((name) => [name, name])))(text, start, (end, name) => {
    expect(text.slice(start, end)).toBe(name);
    found.push(name);
  });
  return found;
}

describe('createNameSearch', () => {
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

describe('createTrieStep', () => {
  it('holds exactly its words, each with the number that was given last', () => {
    const words = fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 4 }), fc.double()));
    fc.assert(
      fc.property(words, fc.string({ maxLength: 4 }), (entries, other) => {
        const layout = layOutTrie(entries);
        const step = createTrieStep(layout);
        const valueOf = (word: string): number => {
          let node = 0;
          for (let at = 0; node >= 0 && at < word.length; at++)
            node = step(node, word.charCodeAt(at));
          return node < 0 ? NaN : layout.values[node]!;
        };
        const expected = new Map(entries);
        for (const word of [...expected.keys(), other])
          expect(valueOf(word)).toBe(expected.get(word) ?? NaN);
      }),
    );
  });
});
