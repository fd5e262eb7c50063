import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { parseHTML } from 'linkedom';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../indexer/store/database.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { errorResponseSchema } from '../../server/api/small-schemas.ts';
import { MAX_SAVED_SEARCHES } from '../../server/saved-searches/saved-searches.ts';
import type { TestService } from '../service-for-tests.ts';
import { startServiceOver } from './crafted-corpus.ts';
import { savedSearchClient } from './saved-search-client.ts';

/** Names that every object in JavaScript answers to. */
const BUILT_IN = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
const MANY = 2_100;

let service: TestService & { readonly dataDir: string };
beforeAll(async () => {
  service = await startServiceOver([
    ...BUILT_IN.map((name) => ({
      id: name,
      title: `${name} 园区`,
      text: '园区开工。',
      source: name,
    })),
    ...Array.from({ length: MANY }, (_, n) => ({
      id: `many-${n}`,
      title: `第${n}则`,
      text: '沙洲开工。',
      source: `第${n}号报`,
    })),
  ]);
}, 120_000);
afterAll(() => service.stop());

const get = (path: string) => request(service.address).get(path);
const repeated = (name: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${name}=${n}`).join('&');
const messageOf = (response: { readonly body: unknown }) =>
  errorResponseSchema.parse(response.body).error.message;

describe('a limit', () => {
  it.each([
    ['q', `/api/search?q=${'a'.repeat(5_001)}`, '5000 个字符'],
    ['a literal', `/api/search?literal=${'a'.repeat(5_001)}`, '5000 个字符'],
    ['a filter', `/api/search?park=${'a'.repeat(201)}`, '200 个字符'],
    ['filters', `/api/search?${repeated('source', 51)}`, '50 个值'],
    ['the page', '/api/search?page=1001', '最大 1000'],
    ['the page size', '/api/search?size=51', '最多 50 条'],
    ['brackets', `/api/search?q=${'('.repeat(21)}a${')'.repeat(21)}`, '20 层'],
    ['words', `/api/search?q=${'a+'.repeat(501)}`, '500 个词'],
    ['alternatives', `/api/search?q=${'(a|b) '.repeat(6)}`, '32 种'],
    ['what is typed', `/api/suggest?q=${'a'.repeat(201)}`, '200 个字符'],
    ['a park’s name', `/api/parks?q=${'a'.repeat(201)}`, '200 个字符'],
    ['a text', `/api/analyze?text=${'a'.repeat(5_001)}`, '5000 个字符'],
    ['the export', `/api/export?format=csv&q=${'a'.repeat(5_001)}`, '5000 个字符'],
  ])('of %s is named', async (_what, path, limit) => {
    expect(messageOf(await get(path).expect(400))).toContain(limit);
  });

  it.each([
    ['a name', { name: 'a'.repeat(101), query: 'q=a' }, 400, '100 个字符'],
    ['a query', { name: 'a', query: `q=${'a'.repeat(8_000)}` }, 400, '8000 个字符'],
    ['a body', { name: 'a', query: 'a'.repeat(40_000) }, 413, '32 KB'],
  ])('of %s that is saved is named', async (_what, body, status, limit) => {
    const response = await request(service.address).post('/api/saved-searches').send(body);
    expect(response.status).toBe(status);
    expect(messageOf(response)).toContain(limit);
  });

  it('is shown on a page too', async () => {
    const { text: page } = await get(`/compare?${repeated('park', 20)}`).expect(400);
    expect(parseHTML(page).document.querySelector('.problems')?.textContent).toMatch(
      /最多同时比较 \d+ 个园区/,
    );
    const form = request(service.address)
      .post('/saved')
      .type('form')
      .send({ name: 'a'.repeat(40_000) });
    expect((await form.expect(413)).text).toContain('最多 32 KB');
  });

  it('of an address and its headers is named', async () => {
    const { port } = new URL(service.address);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET /search?q=${'a'.repeat(200_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('最多 128 KB');
  });

  it('holds for what a body unpacks to', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, ' '));
    const response = await request(service.address)
      .post('/api/saved-searches')
      .set({ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
      .serialize((body: unknown) => body as string)
      .send(bomb);
    expect(response.status).toBe(413);
  });

  it('holds for how many searches are kept', async () => {
    const store = openStore(service.dataDir);
    const fill = store.prepare(
      `INSERT INTO saved_searches (id, name, query, token_hash, created_at, updated_at)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       SELECT 'fill-' || i, 'x', '', '', '', '' FROM n`,
    );
    fill.run(MAX_SAVED_SEARCHES);
    const body = { name: 'a', query: 'q=a' };
    const refused = await request(service.address).post('/api/saved-searches').send(body);
    const form = await request(service.address).post('/saved').type('form').send(body);
    store.exec(`DELETE FROM saved_searches WHERE id LIKE 'fill-%'`);
    store.close();
    expect(refused.status).toBe(409);
    expect(messageOf(refused)).toContain(`最多保存 ${MAX_SAVED_SEARCHES} 个检索`);
    expect(form.status).toBe(409);
    expect(form.text).toContain('不能这样做');
  });
});

describe('broken text', () => {
  const BROKEN = [
    '%00',
    'a%00b',
    '%ED%A0%80',
    '%FF%FE',
    '%E2%80%AE甲',
    '%',
    '%E4%B8',
    '%F0%9F',
    '\u202e',
  ];
  it.each(BROKEN)('%j is answered or refused, never a fault', async (broken) => {
    for (const path of [
      '/search?q=',
      '/search?source=',
      '/search?from=',
      '/api/search?q=',
      '/api/suggest?q=',
      '/api/parks?q=',
      '/api/analyze?text=',
      '/articles/',
      '/parks/',
      '/compare?q=',
      '/s/',
      '/',
    ]) {
      const { status } = await get(`${path}${encodeURI(broken).replaceAll('%25', '%')}`);
      expect([200, 400, 404], `${path}${broken}`).toContain(status);
    }
  });

  it('in JSON is answered or refused', async () => {
    const send = (body: string) =>
      request(service.address).post('/api/saved-searches').type('json').send(body);
    for (const body of [
      '{',
      '[]',
      '1',
      'null',
      '',
      '['.repeat(30_000),
      '{"name":"\\ud800","query":"q=\\udfff"}',
      '{"name":"\\u0000","query":""}',
    ]) {
      const { status } = await send(body);
      expect([201, 400], body.slice(0, 20)).toContain(status);
    }
    expect(messageOf(await send('{'))).toBe('内容不是合格的 JSON');
  });
});

describe('names that every object has', () => {
  it('pollute nothing when they come as parameters or in JSON', async () => {
    const query = BUILT_IN.map((name) => `${name}=x&${name}[polluted]=x`).join('&');
    await get(`/api/search?q=a&${query}`).expect(200);
    await request(service.address)
      .post('/api/saved-searches')
      .type('json')
      .send(
        '{"name":"a","query":"q=a","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      )
      .expect(201);
    const client = savedSearchClient(service.address);
    await client.save('a', `q=a&__proto__[polluted]=1`);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each(BUILT_IN)('can be filtered by: a paper called %s', async (name) => {
    for (const q of ['园区', '"园区"', '园区 -无关']) {
      const address = `search?q=${encodeURIComponent(q)}&source=${name}`;
      const found = searchResponseSchema.parse((await get(`/api/${address}`)).body);
      expect(found.hits.map(({ id }) => id)).toEqual([name]);
      await get(`/${address}`).expect(200);
    }
    await get(`/articles/${name}`).expect(200);
    await get(`/parks/${name}`).expect(404);
  });

  it.each(BUILT_IN)('are counted: a paper called %s', async (name) => {
    for (const q of ['园区', '"园区"']) {
      const response = await get(`/api/search?q=${encodeURIComponent(q)}`).expect(200);
      const { facets } = searchResponseSchema.parse(response.body);
      expect(facets.source.find(({ value }) => value === name)).toMatchObject({ count: 1 });
    }
  });
});

describe('more facet values than a page can show', () => {
  it('are cut at 2,000, the rest can still be filtered by', async () => {
    const q = encodeURIComponent('沙洲');
    const all = searchResponseSchema.parse((await get(`/api/search?q=${q}`)).body);
    expect(all.total).toBe(MANY);
    expect(all.facets.source).toHaveLength(2_000);
    await get(`/search?q=${q}`).expect(200);
    const last = encodeURIComponent(`第${MANY - 1}号报`);
    const one = searchResponseSchema.parse((await get(`/api/search?q=${q}&source=${last}`)).body);
    expect(one.total).toBe(1);
  });
});

describe('words that would mean something to the engine', () => {
  it.each([
    'x" OR doc > 0 OR source = "',
    "x' OR doc > 0",
    'x\\" OR doc > 0 OR source = \\"',
    'x OR doc EXISTS',
    '*',
  ])('are only values: %s', async (value) => {
    for (const filter of ['source', 'park', 'province', 'type']) {
      const found = await get(`/api/search?${filter}=${encodeURIComponent(value)}`);
      expect(found.status).toBe(200);
      expect(searchResponseSchema.parse(found.body).total).toBe(0);
    }
  });
});
