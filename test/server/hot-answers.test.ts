import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import type { TestService } from '../service-for-tests.ts';
import { startTestService } from '../service-for-tests.ts';
import { runIndexCommand } from './index-command.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const PATH = '/api/search?q=%E8%B4%B5%E9%98%B3%E9%AB%98%E6%96%B0%E5%8C%BA';

describe('what was asked a moment ago', () => {
  it.each([PATH, PATH.replace('/api', '')])('%s need not be sent again', async (path) => {
    const first = await request(service.address).get(path).expect(200);
    const tag = first.get('ETag') ?? '';
    expect(tag).not.toBe('');
    const second = await request(service.address).get(path).set('If-None-Match', tag).expect(304);
    expect(second.text).toBe('');
    expect((await request(service.address).get(path).expect(200)).text).toBe(first.text);
  });

  it('is answered anew as soon as there is another article', async () => {
    const total = async () => {
      const answer = await request(service.address).get(PATH).expect(200);
      return searchResponseSchema.parse(answer.body).total;
    };
    const before = await total();
    const file = join(service.dataDir, 'news.jsonl');
    const article = { id: 'new-1', title: '贵阳高新区新讯', text: '贵阳高新区又添一家企业。' };
    writeFileSync(file, JSON.stringify({ ...article, date: '2024-01-02' }));
    await runIndexCommand(service.dataDir, file);
    const deadline = Date.now() + 30_000;
    while ((await total()) === before && Date.now() < deadline)
      await new Promise((done) => setTimeout(done, 200));
    expect(await total()).toBe(before + 1);
  });
});
