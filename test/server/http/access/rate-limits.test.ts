import { parseHTML } from 'linkedom';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestService } from '../../../service-for-tests.ts';
import { startTestService } from '../../../service-for-tests.ts';

const ADMIN_TOKEN = 'admin-token-of-many-characters';
let service: TestService;
beforeAll(async () => {
  service = await startTestService({
    ADMIN_TOKEN,
    RATE_LIMIT: '20',
    TRUST_PROXY: '1',
    SAMPLE_CORPUS: 'off',
  });
});
afterAll(() => service.stop());

const get = (path: string, client: string) =>
  request(service.address).get(path).set('X-Forwarded-For', client);

describe('a client that asks too often', () => {
  it('is told the limit and when to come back, others are served', async () => {
    for (let n = 0; n < 20; n += 1) await get('/help', '203.0.113.1').expect(200);
    const refused = await get('/api/search', '203.0.113.1').expect(429);
    const seconds = Number(refused.get('Retry-After'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.body).toMatchObject({
      error: {
        code: 'too-many-requests',
        message: `请求太频繁：每分钟最多 20 次，请 ${seconds} 秒后再试`,
      },
    });
    const page = await get('/search?q=a', '203.0.113.1').expect(429);
    expect(parseHTML(page.text).document.querySelector('h1')?.textContent).toBe('请求太频繁');
    await get('/help', '203.0.113.2').expect(200);
  });

  it('cannot hide among the addresses of its IPv6 network', async () => {
    for (let n = 0; n < 20; n += 1) await get('/help', `2001:db8:1:2::${n}`).expect(200);
    await get('/help', '2001:db8:1:2::ffff').expect(429);
  });

  it.each([
    ['ports', (n: number) => `203.0.113.9:${1000 + n}`],
    ['ports and brackets', (n: number) => `[2001:db8:9::1]:${1000 + n}`],
    ['zones', (n: number) => `2001:db8:8::1%eth${n}`],
    ['spellings', (n: number) => ['::ffff:203.0.113.8', '203.0.113.8', '203.0.113.8:'][n % 3]!],
    ['names', (n: number) => `client-${n}`],
    ['what means this machine', (n: number) => ['localhost', 'LOCALHOST', 'localhost:80'][n % 3]!],
  ])('cannot hide behind %s', async (_what, client) => {
    const statuses = new Set<number>();
    for (let n = 0; n < 41; n += 1) statuses.add((await get('/help', client(n))).status);
    expect(statuses).toContain(429);
  });

  it('may save and export less often than read', async () => {
    const save = () =>
      request(service.address)
        .post('/api/saved-searches')
        .set('X-Forwarded-For', '203.0.113.3')
        .send({ name: '甲', query: 'q=a' });
    for (let n = 0; n < 2; n += 1) await save().expect(201);
    expect((await save().expect(429)).text).toContain('保存与修改太频繁：每分钟最多 2 次');
    await get('/api/export?format=csv', '203.0.113.3').expect(200);
    await get('/api/export?format=csv', '203.0.113.3').expect(429);
    await get('/help', '203.0.113.3').expect(200);
  });
});

it('limits how often a client may come without the right token', async () => {
  const { port } = new URL(service.address);
  for (let n = 0; n < 2; n += 1) await get('/admin', '203.0.113.20').auth('me', 'x').expect(401);
  expect((await get('/admin', `203.0.113.20:${port}`).auth('me', 'x').expect(429)).text).toContain(
    '登录太频繁',
  );
  await get('/admin', '203.0.113.20').auth('me', ADMIN_TOKEN).expect(200);
});

it('limits neither this machine nor whoever asks whether it lives', async () => {
  for (let n = 0; n < 30; n += 1) {
    await request(service.address).get('/help').expect(200);
    await get('/healthz', '203.0.113.4').expect(200);
  }
});
