import { PassThrough } from 'node:stream';
import { parseHTML } from 'linkedom';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { STAGES } from '../../../server/http/request-trace.ts';
import type { TestService } from '../../service-for-tests.ts';
import { startTestService } from '../../service-for-tests.ts';

const ADMIN_TOKEN = 'a-token-"of"-sixteen-characters';
const lineSchema = z.looseObject({ msg: z.string(), req: z.looseObject({}).optional() });

let service: TestService;
let logged = '';
beforeAll(async () => {
  const logTo = new PassThrough();
  logTo.on('data', (chunk: Buffer) => (logged += chunk.toString()));
  service = await startTestService({ ADMIN_TOKEN, SLOW_QUERY_MS: '0', LOG_LEVEL: 'debug' }, logTo);
});
afterAll(() => service.stop());

const get = (path: string) => request(service.address).get(encodeURI(path));
const getMetrics = () => get('/metrics').auth(ADMIN_TOKEN, { type: 'bearer' });
const lines = () =>
  logged
    .trim()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)));

async function metric(name: string): Promise<number> {
  const { text } = await getMetrics().expect(200);
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.split(' ')[1]);
}

describe('a request', () => {
  it('has an id: its client’s when that is a plain one, else a new one', async () => {
    const mine = await get('/api/search?q=园区').set('X-Request-Id', 'proxy-17');
    expect(mine.get('X-Request-Id')).toBe('proxy-17');
    const forged = await get('/api/search?q=园区').set('X-Request-Id', '"},{"level":60');
    expect(forged.get('X-Request-Id')).toMatch(/^[\w-]{12}$/);
  });

  it('tells its id on an error page, under which the log knows it', async () => {
    const response = await get('/search?page=x').expect(400);
    const id = response.get('X-Request-Id')!;
    const { document } = parseHTML(response.text);
    expect(document.querySelector('main code')?.textContent).toBe(id);
    expect(lines().some(({ req }) => req?.['id'] === id)).toBe(true);
  });

  it.each(['/search', '/api/search'])('says what took how long: %s', async (path) => {
    // Another text each time: a text that was looked up before need not be verified again.
    const response = await get(`${path}?q=贵阳高新区 -"不在 ${path} 里的一句话"`).expect(200);
    const named = [...response.get('Server-Timing')!.matchAll(/(\w+);dur=[\d.]+/g)];
    const stages = named.map(([, name]) => name);
    expect([...STAGES, 'total'].filter((stage) => !stages.includes(stage))).toEqual([]);
  });
});

describe('the log', () => {
  it('tells of a slow search as typed, as rewritten, and how long each stage took', async () => {
    const response = await get('/api/search?q=貴陽').expect(200);
    const slow = lines().find(
      ({ msg, req }) => msg === '检索较慢' && req?.['id'] === response.get('X-Request-Id'),
    );
    expect(slow).toMatchObject({ input: '貴陽', rewritten: '贵阳' });
    expect(Object.keys(z.looseObject({}).parse(slow?.['stages']))).toContain('engine');
  });

  it('holds no token', async () => {
    await get('/admin').auth('me', ADMIN_TOKEN).expect(200);
    await get(`/search?q=${ADMIN_TOKEN}&page=x`).expect(400);
    const encoded = Buffer.from(`me:${ADMIN_TOKEN}`).toString('base64');
    expect(lines().some(({ req }) => String(req?.['url']).startsWith('/admin'))).toBe(true);
    const spellings = [JSON.stringify(ADMIN_TOKEN).slice(1, -1), encodeURIComponent(ADMIN_TOKEN)];
    for (const secret of [ADMIN_TOKEN, ...spellings, encoded]) expect(logged).not.toContain(secret);
  });
});

describe('/metrics', () => {
  it('counts requests, stages, errors, slow searches and answers at hand', async () => {
    const use = async (cache: string, result: string) =>
      (await metric(`park_news_answer_cache_total{cache="${cache}",result="${result}"}`)) || 0;
    const uses = () =>
      Promise.all([
        use('answers', 'hit'),
        use('answers', 'miss'),
        use('ranked', 'hit'),
        use('ranked', 'miss'),
      ]);
    const before = await uses();
    await get('/api/search?q=高新区 营商环境');
    await get('/api/search?q=高新区 营商环境');
    await get('/api/search?q=高新区 营商环境&page=2');
    await get('/api/search?page=0').expect(400);
    const after = await uses();
    expect(after.map((count, at) => count - before[at]!)).toEqual([1, 2, 1, 1]);
    expect(
      await metric('park_news_request_duration_seconds_count{area="/api/search",status="400"}'),
    ).toBe(1);
    expect(await metric('park_news_errors_total{code="invalid-request"}')).toBeGreaterThan(0);
    expect(await metric('park_news_stage_duration_seconds_count{stage="rank"}')).toBeGreaterThan(0);
    expect(await metric('park_news_slow_queries_total')).toBeGreaterThan(0);
  });

  it('shows the state of store, index and engine', async () => {
    expect(await metric('park_news_articles')).toBe(148);
    expect(await metric('park_news_index_waiting_changes')).toBe(0);
    expect(await metric('park_news_index_age_seconds')).toBeGreaterThan(0);
    expect(await metric('park_news_engine_queue_tasks')).toBeGreaterThanOrEqual(0);
    expect(await metric('park_news_inputs_rejected')).toBe(0);
  });

  it('has no series of a client’s making', async () => {
    await get('/made-up/by/a/client').expect(404);
    const { text } = await getMetrics();
    expect(text).not.toContain('made-up');
    expect(text).toContain('area="other"');
  });
});
