import { describe, expect, it } from 'vitest';
import { createParkNameFinder } from '../../../indexer/annotators/park-names.ts';
import { createAmbiguityFinder } from '../../../server/rewrites/ambiguous-names.ts';
import { createParkRewriter } from '../../../server/rewrites/park.ts';
import { gazetteer, rewritten } from './rewriting.ts';

const rewriters = [createParkRewriter(createParkNameFinder(gazetteer))];
const findAmbiguousNames = createAmbiguityFinder(gazetteer);
const hints = (query: string) =>
  findAmbiguousNames(rewritten(query, rewriters).tree).map(({ text, parks }) => [
    text,
    parks.map((park) => park.name),
  ]);

describe('createAmbiguityFinder', () => {
  it.each([
    ['光谷', [['光谷', ['东湖高新区']]]],
    ['亦庄招商', [['亦庄', ['北京经开区']]]],
    [
      '光谷 亦庄',
      [
        ['光谷', ['东湖高新区']],
        ['亦庄', ['北京经开区']],
      ],
    ],
  ])('offers the parks that %s may mean', (query, expected) => {
    expect(hints(query)).toEqual(expected);
  });

  it('offers all parks of a name that several share', () => {
    expect(hints('火炬高新区')[0]?.[1]?.length).toBeGreaterThan(1);
  });

  it.each(['武汉 光谷', '光谷广场', '贵阳高新区', '高新区', '-光谷', '"光谷"'])(
    'offers nothing for %s',
    (query) => {
      expect(hints(query)).toEqual([]);
    },
  );

  it('offers nothing for no query', () => {
    expect(findAmbiguousNames(null)).toEqual([]);
  });
});
