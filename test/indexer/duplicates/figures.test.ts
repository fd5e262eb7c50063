import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFigures, figuresOf } from '../../../indexer/duplicates/figures.ts';

const values = (text: string) => figuresOf(text).map(({ value }) => value);

describe('figuresOf', () => {
  it.each([
    ['4,569.44亿元', ['4569.44']],
    ['４２．６万件', ['42.6']],
    ['增长5.0%、007号', ['5', '7']],
    ['三十多个专窗', ['30']],
    ['两百多万张', ['200']],
    ['二〇二三年', ['2023']],
    ['一千二百零五件', ['1205']],
    ['一方面十分方便', []],
  ])('reads %s as %j', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it('keeps what stands around a number, other numbers as #', () => {
    expect(figuresOf('今年1—8月，出口 3.5 亿元')[1]).toEqual({
      value: '8',
      before: '今年#',
      after: '月出口#',
    });
  });
});

describe('compareFigures', () => {
  const compare = (a: string, b: string) => compareFigures(figuresOf(a), figuresOf(b));

  it('tells figures that differ in the same place', () => {
    expect(compare('累计确诊病例1234例，治愈出院33例', '累计确诊病例1299例，治愈出院33例')).toEqual(
      {
        agreeing: 1,
        differing: 1,
      },
    );
  });

  it('leaves out figures of a passage that the other text lacks', () => {
    expect(compare('累计办件426件。园区种树7700棵', '累计办件426件。')).toEqual({
      agreeing: 1,
      differing: 0,
    });
  });

  it('takes Chinese and Arabic numbers for the same', () => {
    expect(compare('撤掉专窗三十多个', '撤掉专窗30多个')).toEqual({ agreeing: 1, differing: 0 });
  });

  it('finds no difference between a text and itself, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('0129.,，一十百〇两# 万亩𠮷')) }),
        (text) => {
          expect(compare(text, text).differing).toBe(0);
        },
      ),
    );
  });
});
