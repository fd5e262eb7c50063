import { describe, expect, it } from 'vitest';
import { everyPeriod, fittingStep } from '../../../server/parks/periods.ts';

describe('everyPeriod', () => {
  it.each([
    ['years without a gap', [{ 2019: 1, 2022: 2 }], ['2019', '2020', '2021', '2022']],
    [
      'months over the end of a year',
      [{ '2021-11': 1 }, { '2022-01': 1 }],
      ['2021-11', '2021-12', '2022-01'],
    ],
    ['a single one', [{ 2020: 1 }], ['2020']],
    ['none', [{}], []],
  ])('names %s', (_, counted, expected) => {
    expect(everyPeriod(counted)).toEqual(expected);
  });
});

describe('fittingStep', () => {
  it.each([
    [[{ 2020: 1, 2022: 1 }], 'month'],
    [[{ 2020: 1 }, { 2023: 1 }], 'year'],
    [[{}], 'year'],
  ] as const)('of %j is %s', (years, expected) => {
    expect(fittingStep(years)).toBe(expected);
  });
});
