import { parseHTML } from 'linkedom';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestService } from '../../service-for-tests.ts';
import { startTestService } from '../../service-for-tests.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ RATE_LIMIT: '20', TRUST_PROXY: '1', SAMPLE_CORPUS: 'off' });
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

it('limits neither this machine nor whoever asks whether it lives', async () => {
  for (let n = 0; n < 30; n += 1) {
    await request(service.address).get('/help').expect(200);
    await get('/healthz', '203.0.113.4').expect(200);
  }
});
