import { describe, expect, it } from 'vitest';
import {
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
    ['grouped', { group: 'province' }, '贵州: 贵阳高新区 贵安新区 | 安徽: 合肥高新区'],
    ['found by name', { q: '高新' }, '-: 贵阳高新区 合肥高新区'],
    ['found by place and pinyin', { q: '贵州 GuiYang' }, '-: 贵阳高新区'],
    ['found by full-width letters', { q: 'ｈｅｆｅｉ' }, '-: 合肥高新区'],
    ['not found', { q: '火星' }, '-: '],
  ])('%s', (_, request, expected) => {
    expect(arranged(request)).toBe(expected);
  });
});

describe('serializeParksRequest', () => {
  it('is read back as the same request', () => {
    const request: ParksRequest = { q: '贵州', sort: 'name', group: 'type' };
    const query = Object.fromEntries(new URLSearchParams(serializeParksRequest(request)));
    expect(parksRequestSchema.parse(query)).toEqual(request);
    expect(serializeParksRequest(parksRequestSchema.parse({}))).toBe('');
  });
});
