import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

async function corrections(q: string) {
  const response = await fetch(
    `${service.address}/api/search?${new URLSearchParams({ q }).toString()}`,
  );
  return searchResponseSchema
    .parse(await response.json())
    .query.rewrites.filter(({ type }) => type === 'spelling')
    .map(({ to }) => to);
}

describe('a likelier spelling', () => {
  it('is one of the words of today, not of the first question', async () => {
    expect(await corrections('新能源骑车')).toEqual([]);
    const file = join(service.dataDir, 'news.jsonl');
    const articles = Array.from({ length: 60 }, (_, at) =>
      JSON.stringify({
        id: `car-${at}`,
        title: `新能源汽车${at}号`,
        text: `新能源汽车第${at}批下线。`,
      }),
    );
    writeFileSync(file, articles.join('\n'));
    await runIndexCommand(service.dataDir, file);
    while ((await corrections('新能源骑车')).length === 0) await sleep(200);
    expect(await corrections('新能源骑车')).toEqual(['新能源汽车']);
  });
});
