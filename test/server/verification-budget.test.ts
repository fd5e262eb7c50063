import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { webhookSchema } from '../../server/api/saved-search-schema.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import type { TestService } from '../service-for-tests.ts';
import { startTestService, temporaryFolder } from '../service-for-tests.ts';
import { runIndexCommand } from './index-command.ts';
import { savedSearchClient } from './saved-search-client.ts';

/** More articles have a comma than may be looked into. */
const TEXTS = 20;
const COMMON = '"，"';
const RARE = '"一窗通办"';

let service: TestService;
let client: ReturnType<typeof savedSearchClient>;
let receiver: Server;
beforeAll(async () => {
  service = await startTestService({ PHRASE_TEXTS: String(TEXTS), WEBHOOK_PRIVATE: 'on' });
  client = savedSearchClient(service.address);
  receiver = createServer((_request, response) => response.writeHead(204).end());
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  receiver.close();
  await service.stop();
});

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

const asked = (q: string) => new URLSearchParams({ q }).toString();

async function search(q: string) {
  const response = await fetch(`${service.address}/api/search?${asked(q)}`);
  expect(response.status).toBe(200);
  return searchResponseSchema.parse(await response.json());
}

async function refusal(path: string) {
  const response = await fetch(service.address + path);
  expect(response.status).toBe(400);
  return errorSchema.parse(await response.json()).error;
}

describe('a search that would look into too many texts', () => {
  it('shows what it found and says that it is not all, every time', async () => {
    for (let times = 0; times < 2; times++) {
      const { total, totalIsExact, query } = await search(COMMON);
      expect(total).toBeGreaterThan(0);
      expect(total).toBeLessThanOrEqual(TEXTS);
      expect(totalIsExact).toBe(false);
      expect(query.hints).toMatchObject([
        { type: 'incomplete', message: expect.stringContaining('结果不完整') as unknown },
      ]);
    }
    const page = await (await fetch(`${service.address}/search?${asked(COMMON)}`)).text();
    const hints = parseHTML(page).document.querySelector('[aria-label="提示"]');
    expect(hints?.textContent).toContain('结果不完整：含有“，”的文章没有核对完');
  });

  it('does not take the phrase for words because it has not found it', async () => {
    const { total, query } = await search('"，，，，" 贵阳高新区的营商环境怎么样');
    expect(total).toBe(0);
    expect(query.hints.map(({ type }) => type)).toEqual(['incomplete']);
  });

  it('is refused when something is excluded, since what is left would be wrong', async () => {
    const { code, message } = await refusal(`/api/search?${asked(`贵阳 -${COMMON}`)}`);
    expect(code).toBe('query-too-broad');
    expect(message).toContain('排除的“，”要核对的文章太多');
    expect((await search(`贵阳 -${RARE}`)).totalIsExact).toBe(true);
  });

  it('is not exported, counted or made a feed of in part', async () => {
    const path = `/api/export?format=csv&${asked(COMMON)}`;
    expect((await refusal(path)).message).toContain('清单会不完整');
    const saved = await client.save('逗号', asked(COMMON));
    await refusal(`/api/saved-searches/${saved.id}/news?since=0`);
    expect((await fetch(`${service.address}/s/${saved.id}/feed.json`)).status).toBe(400);
    expect((await fetch(`${service.address}/api/export?format=csv&${asked(RARE)}`)).status).toBe(
      200,
    );
  });

  it('has one budget for all parks of a comparison', async () => {
    const { searchParams: parks } = new URL('http://x/?park=guiyang-hnz&park=suzhou-gyyq');
    parks.set('q', `-${COMMON}`);
    expect((await fetch(`${service.address}/compare?${parks.toString()}`)).status).toBe(400);
  });

  it('tells the owner of its webhook', async () => {
    const saved = await client.save('逗号', asked(COMMON));
    const path = `/api/saved-searches/${saved.id}/webhook`;
    const { port } = receiver.address() as AddressInfo;
    const body = { url: `http://127.0.0.1:${port}/` };
    expect((await client.send('PUT', path, { body, token: saved.token })).status).toBe(200);
    const folder = temporaryFolder();
    const file = join(folder, 'news.jsonl');
    writeFileSync(file, JSON.stringify({ id: 'new', title: '新讯', text: '园区，开工。' }));
    await runIndexCommand(service.dataDir, file);
    rmSync(folder, { recursive: true });
    const problem = async () => {
      const response = await client.send('GET', path, { token: saved.token });
      return webhookSchema.parse(await response.json()).problem;
    };
    while ((await problem()) === null) await sleep(100);
    expect(await problem()).toContain('没有核对完');
  });
});

describe('a search for many phrases', () => {
  const phrases = (count: number, sign = '') =>
    Array.from({ length: count }, (_, at) => `${sign}"第${at}期，开工"`).join(' ');

  it.each([
    ['wanted', phrases(51)],
    ['unwanted', `中国 ${phrases(51, '-')}`],
    ['of the headline', `标题:(${phrases(51)})`],
    ['unwanted words', `中国 ${Array.from({ length: 51 }, (_, at) => `-第${at}期`).join(' ')}`],
  ])('is refused with the limit: %s', async (_, q) => {
    const { code, message } = await refusal(`/api/search?${asked(q)}`);
    expect(code).toBe('query-too-broad');
    expect(message).toContain('最多 50 个，这里有 51 个');
    const saving = await client.send('POST', '/api/saved-searches', {
      body: { name: '多', query: asked(q) },
    });
    expect(saving.status).toBe(400);
  });

  it('is answered when they are the same one', async () => {
    const same = Array.from({ length: 60 }, () => RARE).join(' ');
    expect((await search(same)).total).toBe((await search(RARE)).total);
  });
});
