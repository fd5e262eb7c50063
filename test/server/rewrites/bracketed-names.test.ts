import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNameProtector, plainBrackets } from '../../../server/rewrites/bracketed-names.ts';
import { gazetteer } from './rewriting.ts';

const protectParkNames = createNameProtector(gazetteer);

describe('createNameProtector', () => {
  it.each([
    ['西部(重庆)科学城', '西部﹙重庆﹚科学城'],
    ['西部（重慶）科學城 招商', '西部︵重慶︶科學城 招商'],
    ['招商 (西部(重庆)科学城 OR 光谷)', '招商 (西部﹙重庆﹚科学城 OR 光谷)'],
    ['杭州高新区(滨江)招商', '杭州高新区﹙滨江﹚招商'],
    ['中国(上海)自由贸易试验区临港新片区', '中国﹙上海﹚自由贸易试验区临港新片区'],
  ])('protects the brackets of %s', (input, expected) => {
    expect(protectParkNames(input)).toBe(expected);
  });

  it.each(['高新区 (招商 OR 引资)', '西部(重庆', '贵阳(贵州)高新区', ''])(
    'leaves %j alone',
    (input) => {
      expect(protectParkNames(input)).toBe(input);
    },
  );

  it('changes nothing but brackets, and nothing in length', () => {
    const piece = fc.oneof(
      fc.constantFrom('西部', '(', '（', '重庆', ')', '）', '科学城', '滨江', ' '),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const input = pieces.join('');
        const output = protectParkNames(input);
        expect(output).toHaveLength(input.length);
        expect(plainBrackets(output)).toBe(plainBrackets(input));
      }),
    );
  });
});
