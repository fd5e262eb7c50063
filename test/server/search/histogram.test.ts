import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayRange } from '../../../indexer/core/day-range.ts';
import type { SearchRequest } from '../../../server/api/search-schema.ts';
import { EMPTY_REQUEST } from '../../../server/html/search-links.ts';
import { histogram, histogramUnit } from '../../../server/search/histogram.ts';

const asked = (changes: Partial<SearchRequest>): SearchRequest => ({
  ...EMPTY_REQUEST,
  ...changes,
});
const day = (date: string): string => String(dayRange(date)!.first);

describe('histogramUnit', () => {
  it.each([
    ['year', {}],
    ['month', { year: ['2022'] }],
    ['day', { month: ['2022-03'] }],
    ['day', { year: ['2022'], month: ['2022-03'] }],
    ['year', { year: ['2021', '2022'] }],
    ['day', { from: '2022-03-05', to: '2022-03-05' }],
    ['month', { from: '2021-06', to: '2022-05' }],
    ['year', { from: '2012', to: '2022' }],
    ['year', { from: '2022-03' }],
    ['year', { from: '2023', to: '2022' }],
  ] as const)('is %s for %o', (unit, changes) => {
    expect(histogramUnit(asked(changes as Partial<SearchRequest>))).toBe(unit);
  });
});

describe('histogram', () => {
  it('fills the gaps between the first and the last', () => {
    expect(histogram(asked({}), { year: { 2019: 2, 2022: 5 } }).bars).toEqual([
      { value: '2019', count: 2 },
      { value: '2020', count: 0 },
      { value: '2021', count: 0 },
      { value: '2022', count: 5 },
    ]);
    const months = histogram(asked({ year: ['2022'] }), { month: { '2022-11': 1, '2022-12': 1 } });
    expect(months.bars.map(({ value }) => value)).toEqual(['2022-11', '2022-12']);
  });

  it('leaves out what lies outside of the dates asked for', () => {
    const counts = { firstDay: { [day('2022-02-28')]: 1, [day('2022-03-01')]: 4 } };
    expect(histogram(asked({ month: ['2022-03'] }), counts)).toEqual({
      unit: 'day',
      bars: [{ value: '2022-03-01', count: 4 }],
    });
  });

  it('is empty when nothing is dated', () => {
    expect(histogram(asked({}), {})).toEqual({ unit: 'year', bars: [] });
  });

  it('keeps every count, in order, each once', () => {
    const years = fc.dictionary(
      fc.integer({ min: 1000, max: 9998 }).map(String),
      fc.integer({ min: 1, max: 99 }),
    );
    fc.assert(
      fc.property(years, (year) => {
        const { bars } = histogram(asked({}), { year });
        const values = bars.map(({ value }) => value);
        expect(values).toEqual([...new Set(values)].sort());
        expect(
          Object.fromEntries(
            bars.filter(({ count }) => count > 0).map((bar) => [bar.value, bar.count]),
          ),
        ).toEqual({ ...year });
      }),
    );
  });
});
