import { describe, expect, it } from 'vitest';
import {
  PARKS_A_PAGE,
  arrangeParks,
  parksRequestSchema,
  serializeParksRequest,
} from '../../../server/pages/parks-table.ts';
import type { ParksRequest } from '../../../server/pages/parks-table.ts';
import { parkOf } from './sample-views.ts';

const PARKS = [
  parkOf('合肥高新区', { id: 'hefei-gaoxinqu', province: '安徽', city: '合肥', articles: 3 }),
  parkOf('贵阳高新区', { id: 'guiyang-gaoxinqu', province: '贵州', city: '贵阳', articles: 9 }),
  parkOf('贵安新区', { id: 'guian-xinqu', province: '贵州', city: '贵阳', articles: 5 }),
];

function arranged(request: Partial<ParksRequest>): string {
  return arrangeParks(PARKS, parksRequestSchema.parse(request))
    .map(({ label, parks }) => `${label ?? '-'}: ${parks.map(({ name }) => name).join(' ')}`)
    .join(' | ');
}

describe('arrangeParks', () => {
  it.each<[string, Partial<ParksRequest>, string]>([
    ['most articles first', {}, '-: 贵阳高新区 贵安新区 合肥高新区'],
    ['by name', { sort: 'name' }, '-: 贵安新区 贵阳高新区 合肥高新区'],
    ['by place', { sort: 'place' }, '-: 合肥高新区 贵安新区 贵阳高新区'],
    ['grouped', { group: 'province' }, '安徽: 合肥高新区 | 贵州: 贵阳高新区 贵安新区'],
    [
      'grouped and reversed',
      { group: 'province', order: 'reverse' },
      '安徽: 合肥高新区 | 贵州: 贵安新区 贵阳高新区',
    ],
    ['reversed', { order: 'reverse' }, '-: 合肥高新区 贵安新区 贵阳高新区'],
    ['beyond the last page', { page: 2 }, ''],
  ])('%s', (_, request, expected) => {
    expect(arranged(request)).toBe(expected);
  });
});

describe('serializeParksRequest', () => {
  it('is read back as the same request', () => {
    const request: ParksRequest = {
      q: '贵州',
      sort: 'name',
      order: 'reverse',
      group: 'type',
      page: 2,
    };
    const query = Object.fromEntries(new URLSearchParams(serializeParksRequest(request)));
    expect(parksRequestSchema.parse(query)).toEqual(request);
    expect(serializeParksRequest(parksRequestSchema.parse({}))).toBe('');
  });
});

it('cuts a long table into pages that hold every park once', () => {
  const many = Array.from({ length: PARKS_A_PAGE + 5 }, (_, at) => parkOf(`园区${at}`));
  const seen = [1, 2].flatMap((page) =>
    arrangeParks(many, parksRequestSchema.parse({ page, sort: 'name', group: 'province' })),
  );
  const names = seen.flatMap(({ parks }) => parks.map(({ name }) => name));
  expect(names).toHaveLength(many.length);
  expect(new Set(names).size).toBe(many.length);
});
