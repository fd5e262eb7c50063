import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { webhookSchema } from '../../server/api/saved-search-schema.ts';
import type { TestService } from '../service-for-tests.ts';
import { startTestService, temporaryFolder } from '../service-for-tests.ts';
import { runIndexCommand } from './index-command.ts';
import { savedSearchClient } from './saved-search-client.ts';

const newsSchema = z.object({
  delivery: z.string(),
  savedSearch: z.object({ id: z.string(), name: z.string(), link: z.url() }),
  articles: z.array(z.object({ id: z.string(), title: z.string(), url: z.url() })),
});

interface Received {
  readonly deliveryId: string | undefined;
  readonly news: z.infer<typeof newsSchema>;
}

let folder: string;
let service: TestService;
let receiver: Server;
let hook: string;
let received: Received[];
/** What the receiver answers, in turn; then 204. */
let answers: number[];

beforeEach(async () => {
  folder = temporaryFolder();
  received = [];
  answers = [];
  receiver = createServer((request, response) => {
    void readDelivery(request).then((delivery) => {
      received.push(delivery);
      response.writeHead(answers.shift() ?? 204, { Location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  await start('on');
});
afterEach(async () => {
  await service.stop();
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(webhookPrivate: 'on' | 'off'): Promise<void> {
  service = await startTestService({
    DATA_DIR: join(folder, 'data'),
    WEBHOOK_PRIVATE: webhookPrivate,
    SAMPLE_CORPUS: 'off',
    LOG_LEVEL: 'error',
  });
}

async function readDelivery(request: IncomingMessage): Promise<Received> {
  const deliveryId = request.headers['x-delivery-id'];
  return {
    deliveryId: typeof deliveryId === 'string' ? deliveryId : undefined,
    news: newsSchema.parse(JSON.parse(await text(request))),
  };
}

async function take(id: string): Promise<void> {
  const file = join(folder, `${id}.jsonl`);
  writeFileSync(
    file,
    JSON.stringify({ id, title: `青金石产业园 ${id}`, text: '青金石产业园开工。' }),
  );
  await runIndexCommand(join(folder, 'data'), file);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(100);
}

async function follow() {
  const client = savedSearchClient(service.address);
  const saved = await client.save('青金石', 'q=青金石产业园');
  const path = `/api/saved-searches/${saved.id}/webhook`;
  const set = await client.send('PUT', path, { body: { url: hook }, token: saved.token });
  expect(set.status).toBe(200);
  const state = async () => {
    const client = savedSearchClient(service.address);
    const response = await client.send('GET', path, { token: saved.token });
    return webhookSchema.parse(await response.json());
  };
  return { saved, path, state };
}

const ids = () => received.map(({ news }) => news.articles.map(({ id }) => id));

const errorSchema = z.object({ error: z.object({ message: z.string() }) });

describe('a webhook', () => {
  it('is told of new articles once, over failures, redirects and a restart', async () => {
    await take('earlier');
    const { saved, state } = await follow();
    answers = [500, 302];
    await take('first');
    await until(async () => (await state()).deliveredAt !== null);
    expect(ids()).toEqual([['first'], ['first'], ['first']]);
    expect(new Set(received.map(({ deliveryId }) => deliveryId)).size).toBe(1);
    expect(received[0]!.deliveryId).toBe(received[0]!.news.delivery);
    expect(received[0]!.news.savedSearch).toMatchObject({ id: saved.id, name: '青金石' });
    expect(await state()).toMatchObject({ state: 'idle', problem: null });

    await service.stop();
    await take('while-away');
    await start('on');
    await until(() => received.length === 4);
    await take('second');
    await until(() => received.length === 5);
    expect(ids().slice(3)).toEqual([['while-away'], ['second']]);
  });

  it('goes on after a restart with what the receiver did not take', async () => {
    const { state } = await follow();
    answers = Array.from({ length: 50 }, () => 503);
    await take('stubborn');
    await until(async () => (await state()).problem !== null);
    expect(await state()).toMatchObject({ state: 'waiting', problem: '对方回答 503' });
    await service.stop();
    const [{ deliveryId }] = received as [Received];
    answers = [];
    received = [];
    await start('on');
    await until(async () => (await state()).state === 'idle');
    expect(ids()).toEqual([['stubborn']]);
    expect(received[0]!.deliveryId).toBe(deliveryId);
  });

  it('is the owner’s alone', async () => {
    const { path, saved } = await follow();
    const client = savedSearchClient(service.address);
    expect((await client.send('GET', path)).status).toBe(403);
    expect((await client.send('PUT', path, { body: { url: hook } })).status).toBe(403);
    expect((await client.send('DELETE', path, { token: 'wrong' })).status).toBe(403);
    expect((await client.send('DELETE', path, { token: saved.token })).status).toBe(204);
    expect((await client.send('GET', path, { token: saved.token })).status).toBe(404);
  });

  it('leads nowhere inside the network, neither when it is set nor when it is called', async () => {
    const { path, saved, state } = await follow();
    await service.stop();
    await start('off');
    await take('secret');
    await until(async () => (await state()).problem !== null);
    expect((await state()).problem).toContain('内部网络');
    expect(received).toEqual([]);
    const client = savedSearchClient(service.address);
    for (const url of [
      hook,
      'http://localhost:1/',
      'http://[::1]/',
      'http://[::ffff:10.0.0.1]/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://169.254.169.254/latest/meta-data',
      'http://10.1.2.3/',
      'http://user:secret@example.com/',
      'ftp://example.com/',
      'file:///etc/passwd',
      'nonsense',
    ]) {
      const answer = await client.send('PUT', path, { body: { url }, token: saved.token });
      expect(answer.status, url).toBe(400);
    }
  });

  it('is refused, and what goes wrong is told, in the language of the reader’s pages', async () => {
    const { path, saved } = await follow();
    await service.stop();
    await start('off');
    const { send } = savedSearchClient(service.address);
    const refusal = async (url: string, language?: 'en' | 'zh-Hant') => {
      const body = { url };
      const answer = await send('PUT', path, {
        body,
        token: saved.token,
        ...(language && { language }),
      });
      return errorSchema.parse(await answer.json()).error.message;
    };
    expect(await refusal('http://10.1.2.3/')).toBe(
      '推送网址 10.1.2.3 指向本机或内部网络，不能使用',
    );
    expect(await refusal('http://10.1.2.3/', 'zh-Hant')).toBe(
      '推送網址 10.1.2.3 指向本機或內部網絡，不能使用',
    );
    expect(await refusal('http://10.1.2.3/', 'en')).toMatch(/^10\.1\.2\.3 leads to this machine/);
    expect(await refusal('ftp://example.com/', 'en')).toMatch(
      /^The address should begin with http/,
    );
    expect(await refusal('http://a:b@example.com/', 'en')).toMatch(/no user name/);
    await take('secret');
    const problem = async () => {
      const response = await send('GET', path, { token: saved.token, language: 'en' });
      return webhookSchema.parse(await response.json()).problem;
    };
    await until(async () => (await problem()) !== null);
    expect(await problem()).toMatch(/^127\.0\.0\.1 leads to this machine/);
  });
});
