import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { errorResponseSchema } from '../../server/api/small-schemas.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { masterClient } from '../../indexer/engine/engine.ts';
import { waitForTask } from '../../indexer/engine/wait-for-task.ts';
import type { TestEngine } from '../engine-for-tests.ts';
import { startTestEngine } from '../engine-for-tests.ts';
import type { EngineProxy, ProxyMode } from '../faults/engine-proxy.ts';
import { startEngineProxy } from '../faults/engine-proxy.ts';
import type { TestService } from '../service-for-tests.ts';
import { startTestService, temporaryFolder } from '../service-for-tests.ts';

describe('the service while its engine', () => {
  let test: TestEngine;
  let proxy: EngineProxy;
  let service: TestService;
  beforeAll(async () => {
    test = await startTestEngine();
    proxy = await startEngineProxy(test.engine.url);
    service = await startTestService({
      DATA_DIR: temporaryFolder(),
      MEILI_URL: proxy.url,
      ...(test.engine.masterKey === undefined ? {} : { MEILI_MASTER_KEY: test.engine.masterKey }),
      ENGINE_LIMIT_MS: '1800',
      LOG_LEVEL: 'silent',
    });
  });
  afterEach(async () => {
    proxy.setMode({ type: 'pass' });
    await until(async () => (await search('高新区')).status === 200);
  });
  afterAll(async () => {
    await service.stop();
    await proxy.close();
    await test.stop();
  });

  // Each asks something else, lest an answer is at hand already: nothing in the corpus is so old.
  let number = 0;
  const since = () => `from=${1000 + (number += 1)}`;
  const search = (q: string, init: RequestInit = {}) =>
    fetch(`${service.address}/api/search?q=${encodeURIComponent(q)}&${since()}`, init);
  const page = () => fetch(`${service.address}/search?q=园区&${since()}`);

  const TROUBLES: readonly (readonly [string, ProxyMode])[] = [
    ['is cut off', { type: 'cut' }],
    ['does not answer', { type: 'late', by: Infinity }],
    ['is very slow', { type: 'late', by: 5_000 }],
    ['answers no JSON', { type: 'answer', status: 200, body: '<html>代理出错</html>' }],
    ['answers other JSON', { type: 'answer', status: 200, body: '{"results":[{"hits":7}]}' }],
    ['fails', { type: 'answer', status: 500, body: '{"message":"oops","code":"internal"}' }],
  ];
  it.each(TROUBLES)('%s says so with 503, and recovers by itself', async (_name, mode) => {
    proxy.setMode(mode);
    // More than it takes for the breaker to open.
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all([search('营商环境'), search('"人才公寓"'), page()]);
      for (const answer of answers) {
        expect(answer.status).toBe(503);
        expect(answer.headers.get('retry-after')).toBe('2');
      }
      const [json, , html] = answers;
      expect(errorResponseSchema.parse(await json.json()).error.message).toMatch(/[一-龥]/u);
      expect(await html.text()).toContain('暂时不可用');
    }
    proxy.setMode({ type: 'pass' });
    await until(async () => (await search('营商环境')).status === 200);
  });

  it('is slow is no longer asked when the client has left', async () => {
    proxy.setMode({ type: 'late', by: 1_500 });
    const before = proxy.abandoned();
    const leaving = new AbortController();
    const answer = search('自贸试验区', { signal: leaving.signal });
    await sleep(200);
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await until(() => proxy.abandoned() > before);
  });

  it('has lost its index builds it anew from the store, without being asked', async () => {
    const { total } = searchResponseSchema.parse(await (await search('高新区')).json());
    const client = masterClient(test.engine);
    const { results } = await client.getIndexes({ limit: 100 });
    for (const { uid } of results) await waitForTask(client, await client.deleteIndex(uid));
    const lost = await search('高新区 企业');
    expect(await lost.text()).toContain('重建');
    expect(lost.status).toBe(503);
    await until(async () => (await search('高新区')).status === 200);
    expect(searchResponseSchema.parse(await (await search('高新区')).json()).total).toBe(total);
  });
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(50);
}
