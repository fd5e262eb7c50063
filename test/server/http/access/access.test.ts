import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createdSavedSearchSchema } from '../../../../server/api/saved-search-schema.ts';
import type { TestService } from '../../../service-for-tests.ts';
import { startTestService } from '../../../service-for-tests.ts';
import { savedSearchClient } from '../../saved-search-client.ts';

const READ_TOKEN = 'read-token-of-many-characters';
const ADMIN_TOKEN = 'admin-token-of-many-characters';

describe('with a READ_TOKEN', () => {
  let service: TestService;
  const log: string[] = [];
  beforeAll(async () => {
    const variables = { READ_TOKEN, ADMIN_TOKEN, SAMPLE_CORPUS: 'off' };
    service = await startTestService(variables, { write: (line) => void log.push(line) });
  });
  afterAll(() => service.stop());
  const get = (path: string) => request(service.address).get(path);

  it.each([
    '/',
    '/search?q=a',
    '/api/search?q=a',
    '/api/openapi.json',
    '/assets/app.js',
    '/s/x/feed.atom',
    '/none',
  ])('%s is for whoever has it', async (path) => {
    const refused = await get(path).expect(401);
    expect(refused.get('WWW-Authenticate')).toMatch(/^Basic /);
    expect(refused.text).toContain('READ_TOKEN');
    await get(path).auth('me', 'wrong').expect(401);
    await get(path).auth(READ_TOKEN, '').expect(401);
    for (const token of [READ_TOKEN, ADMIN_TOKEN]) {
      expect((await get(path).auth('me', token)).status).not.toBe(401);
      expect((await get(path).auth(token, { type: 'bearer' })).status).not.toBe(401);
    }
  });

  it.each(['/healthz', '/readyz'])('%s stays open', async (path) => {
    await get(path).expect(200);
  });

  it.each(['/admin', '/metrics'])('does not let readers see %s', async (path) => {
    await get(path).expect(401);
    const refused = await get(path).auth('me', READ_TOKEN).expect(401);
    expect(refused.text).toContain('ADMIN_TOKEN');
    await get(path).auth('me', ADMIN_TOKEN).expect(200);
    await get(path).auth(ADMIN_TOKEN, { type: 'bearer' }).expect(200);
  });

  it('writes in the log who gave a wrong token and where, never the token', async () => {
    const saved = await request(service.address)
      .post('/api/saved-searches')
      .auth('me', READ_TOKEN)
      .send({ name: '甲', query: 'q=a' });
    const { id } = createdSavedSearchSchema.parse(saved.body);
    const cookie = saved.get('Set-Cookie')![0]!.split(';')[0]!;
    log.length = 0;
    await get('/search?q=a').auth('me', 'wrong-token-1').expect(401);
    await get('/admin').auth('me', READ_TOKEN).expect(401);
    await request(service.address)
      .delete(`/api/saved-searches/${id}`)
      .set('Cookie', cookie)
      .auth('wrong-token-2', { type: 'bearer' })
      .expect(403);
    await get('/').expect(401);
    const failures = log.filter((line) => line.includes('登录失败'));
    expect(failures.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 40, client: '127.0.0.1', path: '/search' },
      { level: 40, client: '127.0.0.1', path: '/admin' },
      { level: 40, client: '127.0.0.1', path: `/api/saved-searches/${id}` },
    ]);
    expect(failures.join('')).not.toMatch(/wrong-token-|read-token-/);
  });

  it('lets a logged-in browser change a saved search with that search’s own token', async () => {
    const agent = request.agent(service.address);
    await agent.get('/').auth('me', READ_TOKEN).expect(200);
    const saved = await agent.post('/api/saved-searches').send({ name: '甲', query: 'q=a' });
    const { id, token } = createdSavedSearchSchema.parse(saved.body);
    const path = `/api/saved-searches/${id}`;
    await agent.patch(path).auth(token, { type: 'bearer' }).send({ name: '乙' }).expect(200);
    await agent.patch(path).auth('wrong', { type: 'bearer' }).send({ name: '丙' }).expect(403);
    await request(service.address).patch(path).auth(token, { type: 'bearer' }).expect(401);
  });

  it('takes no cookie but its own', async () => {
    for (const value of ['', READ_TOKEN, 'a'.repeat(43)])
      await get('/').set('Cookie', `park-news-reader=${value}`).expect(401);
  });
});

describe('without tokens', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({
      SAMPLE_CORPUS: 'off',
      PUBLIC_URL: 'https://public.example/news',
    });
  });
  afterAll(() => service.stop());

  it.each(['/admin', '/metrics'])('keeps %s for this machine', async (path) => {
    const admin = () => request(service.address).get(path);
    await admin().expect(200);
    await admin().set('X-Forwarded-For', '203.0.113.7').expect(403);
    // As when a page from elsewhere has its name lead to 127.0.0.1.
    await admin().set('Host', 'rebound.example').expect(403);
  });

  it('changes nothing of the corpus over HTTP', async () => {
    for (const path of [
      '/',
      '/search',
      '/articles/x',
      '/api/articles/x',
      '/api/search',
      '/parks/x',
      '/admin',
      '/api/export',
    ])
      for (const method of ['post', 'put', 'patch', 'delete'] as const) {
        const { status } = await request(service.address)[method](path);
        expect([status, method, path]).toEqual([404, method, path]);
      }
  });

  it.each([
    [{ Origin: 'https://elsewhere.example' }],
    [{ Origin: 'null' }],
    [{ Origin: 'http://127.0.0.1:1' }],
    [{ Origin: 'no address' }],
    [{ Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' }],
    [{ 'Sec-Fetch-Site': 'cross-site' }],
    [{ 'Sec-Fetch-Site': 'same-site' }],
  ] as Record<string, string>[][])(
    'refuses every change that %j tells is from elsewhere',
    async (from) => {
      const { id, token } = await savedSearchClient(service.address).save('甲', 'q=a');
      const target = `/api/saved-searches/${id}`;
      for (const [method, path] of [
        ['post', '/saved'],
        ['post', '/api/saved-searches'],
        ['patch', target],
        ['delete', target],
        ['post', `${target}/restore`],
        ['put', `${target}/webhook`],
        ['delete', `${target}/webhook`],
      ] as const) {
        const send = request(service.address)[method](path).set(from);
        const refused = await send.auth(token, { type: 'bearer' }).expect(403);
        expect(refused.text).toContain('别的网站');
      }
      await request(service.address).get(target).set(from).expect(200);
    },
  );

  it('takes changes from its own pages, under whatever name they were asked for', async () => {
    const { host } = new URL(service.address);
    for (const from of [
      {},
      { Origin: `http://${host}` },
      { Origin: 'https://news.example', Host: 'news.example' },
      { Origin: 'https://public.example' },
      { Origin: 'http://127.0.0.1:1', 'Sec-Fetch-Site': 'same-origin' },
      { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' },
    ])
      await request(service.address)
        .post('/api/saved-searches')
        .set(from)
        .send({ name: '甲', query: 'q=a' })
        .expect(201);
  });

  it('asks for the token of a saved search before it changes', async () => {
    const client = savedSearchClient(service.address);
    const first = await client.save('甲', 'q=a');
    const second = await client.save('乙', 'q=b');
    for (const [method, path] of [
      ['PATCH', ''],
      ['DELETE', ''],
      ['GET', '/webhook'],
      ['PUT', '/webhook'],
      ['DELETE', '/webhook'],
    ] as const) {
      const target = `/api/saved-searches/${first.id}${path}`;
      const body = method === 'GET' ? undefined : { name: '改' };
      for (const token of [undefined, '', 'wrong', second.token]) {
        const sent = await client.send(method, target, {
          body,
          ...(token === undefined ? {} : { token }),
        });
        expect([sent.status, method, target]).toEqual([403, method, target]);
      }
    }
  });
});

describe('on an address that others reach', () => {
  it.each(['0.0.0.0', '::', '192.0.2.1', 'no-such-host.invalid'])(
    'does not start without an ADMIN_TOKEN: %s',
    async (HOST) => {
      const started = startTestService({ HOST, SAMPLE_CORPUS: 'off' });
      await expect(started).rejects.toThrow(new RegExp(`HOST=${HOST}.*ADMIN_TOKEN.*没有启动`, 'u'));
    },
  );

  it('starts with one', async () => {
    const service = await startTestService({ HOST: '0.0.0.0', ADMIN_TOKEN, SAMPLE_CORPUS: 'off' });
    await request(service.address.replace('0.0.0.0', '127.0.0.1')).get('/healthz').expect(200);
    await service.stop();
  });
});
