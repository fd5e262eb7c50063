import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { articleResponseSchema } from '../../server/api/article-schema.ts';
import type { SearchResponse } from '../../server/api/search-schema.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import type { TestService } from '../service-for-tests.ts';
import { sharedSampleService } from '../service-for-tests.ts';

let service: TestService;
beforeAll(async () => {
  service = await sharedSampleService();
});

const get = (path: string) => fetch(service.address + path);
const getJson = async (path: string): Promise<unknown> => (await get(path)).json();

async function search(parameters: Record<string, string | string[]>): Promise<SearchResponse> {
  const query = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
  );
  return searchResponseSchema.parse(await getJson(`/api/search?${query}`));
}

const titles = (response: SearchResponse) => response.hits.map((hit) => hit.title);
const idsOf = async (q: string) =>
  (await search({ q, size: '50' })).hits.map((hit) => hit.id).sort();

describe('a newcomer’s service', () => {
  it('holds the sample corpus', async () => {
    const all = await search({});
    expect(all.total).toBeGreaterThanOrEqual(80);
    expect(all.totalIsExact).toBe(true);
    expect(all.facets.park.length).toBeGreaterThanOrEqual(40);
    expect(all.facets.type.map((one) => one.value).sort()).toEqual(
      ['bonded', 'economic', 'ftz', 'high-tech', 'innovation-demo', 'new-area', 'other'].sort(),
    );
    expect(all.facets.year.length).toBeGreaterThanOrEqual(6);
  });

  it('finds a park by any of its names, in any script and width', async () => {
    const plain = await idsOf('贵阳高新区');
    expect(plain.length).toBeGreaterThanOrEqual(4);
    for (const other of ['貴陽高新區', '贵阳国家高新区', '贵阳高新技术产业开发区'])
      expect(await idsOf(other), other).toEqual(plain);
  });

  it('shows the park of the hits in the facet, with the right count', async () => {
    const found = await search({ q: '贵阳高新区', size: '50' });
    const facet = found.facets.park.find((one) => one.value === 'guiyang-gaoxinqu');
    expect(facet?.label).toBe('贵阳高新区');
    expect(facet?.count).toBe(
      found.hits.filter((hit) => hit.parks.some((park) => park.id === 'guiyang-gaoxinqu')).length,
    );
  });

  it('finds digits beside Chinese', async () => {
    const found = await search({ q: '42.6' });
    expect(found.total).toBeGreaterThan(0);
    expect(
      found.hits.some((hit) => `${hit.titleHtml}${hit.snippetHtml}`.includes('<mark>42.6')),
    ).toBe(true);
  });

  it('tells which rewrites it made and how to undo them', async () => {
    const { query } = await search({ q: '貴陽國家高新區' });
    expect(query.rewrites.length).toBeGreaterThan(0);
    for (const rewrite of query.rewrites) {
      const undone = searchResponseSchema.parse(await getJson(`/api/search?${rewrite.undo}`));
      expect(undone.query.rewrites).not.toContainEqual(rewrite);
    }
  });

  it('filters by park and date, and counts the other values of a chosen facet', async () => {
    const found = await search({
      park: 'guiyang-gaoxinqu',
      from: '2022-03',
      to: '2022-05',
      size: '50',
    });
    expect(found.total).toBeGreaterThanOrEqual(3);
    for (const hit of found.hits) {
      expect(hit.parks.map((park) => park.id)).toContain('guiyang-gaoxinqu');
      expect(hit.date! >= '2022-03' && hit.date! < '2022-06').toBe(true);
    }
    expect(found.facets.park.filter((one) => one.selected)).toHaveLength(1);
    expect(found.facets.park.length).toBeGreaterThan(1);
  });

  it('pages through every hit, none twice', async () => {
    const seen: string[] = [];
    for (let page = 1; seen.length < 1000; page += 1) {
      const { hits } = await search({ q: '园区', page: String(page), size: '20' });
      if (hits.length === 0) break;
      seen.push(...hits.map((hit) => hit.id));
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe((await search({ q: '园区' })).total);
  });

  it('sorts by date', async () => {
    const newest = (await search({ sort: 'newest', size: '50' })).hits.map((hit) => hit.date);
    expect(newest).toEqual([...newest].sort().reverse());
  });

  it('keeps a phrase in one piece', async () => {
    const words = await search({ q: '通办 一窗', size: '50' });
    const phrase = await search({ q: '"一窗通办"', size: '50' });
    expect(phrase.total).toBeGreaterThan(0);
    expect(phrase.total).toBeLessThanOrEqual(words.total);
    expect((await search({ q: '"通办一窗"' })).total).toBe(0);
  });

  it('leaves out what is excluded', async () => {
    const all = await search({ q: '园区' });
    const some = await search({ q: '园区 -人才公寓', size: '50' });
    const both = await search({ q: '园区 人才公寓' });
    expect(some.total).toBe(all.total - both.total);
    expect(titles(some)).not.toContainEqual(expect.stringContaining('人才公寓'));
  });

  it('serves the article behind a hit', async () => {
    const { hits } = await search({ q: '贵阳高新区' });
    const article = articleResponseSchema.parse(await getJson(`/api/articles/${hits[0]!.id}`));
    expect(article.text).toContain('示例数据，内容虚构');
    expect(article.dateEvidence).not.toBe('');
  });

  it('refuses a bad request with the reason, and never lets text through as HTML', async () => {
    const api = request(service.address).get('/api/search');
    const bad = await api.query({ from: '2022-13', size: 900 }).expect(400);
    expect(bad.body).toMatchObject({
      error: { code: 'invalid-request', message: expect.stringContaining('日期') as string },
    });
    await request(service.address).get('/api/search').query({ q: '日期:abc' }).expect(400);
    const page = await (
      await get(`/search?q=${encodeURIComponent('<script>alert(1)</script>')}`)
    ).text();
    expect(page).not.toContain('<script>alert');
  });

  it('exports what it found', async () => {
    const { total } = await search({ q: '贵阳高新区' });
    const response = await get(`/api/export?format=jsonl&q=${encodeURIComponent('贵阳高新区')}`);
    const lines = (await response.text()).trim().split('\n');
    expect(lines).toHaveLength(total);
    const csv = await (await get('/api/export?format=csv&park=guiyang-gaoxinqu')).arrayBuffer();
    expect([...new Uint8Array(csv).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('describes itself', async () => {
    const document = (await getJson('/api/openapi.json')) as { paths: Record<string, unknown> };
    expect(Object.keys(document.paths)).toContain('/api/search');
    expect((await get('/healthz')).status).toBe(200);
    const ready = await get('/readyz');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: 'ready', rebuilding: null });
  });
});
