import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect } from 'vitest';
import type { z } from 'zod';
import { openStore } from '../../indexer/store/database.ts';
import {
  newsSchema,
  setWebhookSchema,
  webhookSchema,
} from '../../server/api/saved-search-schema.ts';
import type { TestService } from '../service-for-tests.ts';
import { startTestService, temporaryFolder } from '../service-for-tests.ts';
import { runIndexCommand } from './index-command.ts';
import { savedSearchClient } from './saved-search-client.ts';

interface Received {
  /** `/hook` */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly deliveryId: string | undefined;
  readonly news: z.infer<typeof newsSchema>;
}

/** For each test of the file a service and a receiver of its webhooks. */
export function openWebhookSite() {
  let folder: string;
  let service: TestService;
  let receiver: Server;
  const site = {
    hook: '',
    received: [] as Received[],
    /** What the receiver answers, in turn; then 204. `/never` gets none, `/endless` one without end. */
    answers: [] as number[],
    /** The paths whose answers the service has stopped reading. */
    letGo: [] as string[],
    client: () => savedSearchClient(service.address),
    async start(webhookPrivate: 'on' | 'off') {
      service = await startTestService({
        DATA_DIR: join(folder, 'data'),
        WEBHOOK_PRIVATE: webhookPrivate,
        SAMPLE_CORPUS: 'off',
        LOG_LEVEL: 'error',
      });
    },
    stop: () => service.stop(),
    /** Takes an article in. */
    async take(id: string) {
      const file = join(folder, `${id}.jsonl`);
      writeFileSync(
        file,
        JSON.stringify({ id, title: `青金石产业园 ${id}`, text: '青金石产业园开工。' }),
      );
      await runIndexCommand(join(folder, 'data'), file);
    },
    /** What happens in half a day, or what only a fault leaves behind. */
    change(sql: string) {
      const store = openStore(join(folder, 'data'));
      store.exec(sql);
      store.close();
    },
    /** Follows the park, with news sent to that path of the receiver. */
    async follow(to = '/hook') {
      const url = new URL(to, site.hook).href;
      const saved = await site.client().save('青金石', 'q=青金石产业园');
      const path = `/api/saved-searches/${saved.id}/webhook`;
      const { token } = saved;
      const set = await site.client().send('PUT', path, { body: { url }, token });
      expect(set.status).toBe(200);
      const { secret = '' } = setWebhookSchema.parse(await set.json());
      const state = async () => {
        const response = await site.client().send('GET', path, { token });
        return webhookSchema.parse(await response.json());
      };
      return { saved, path, url, secret, state };
    },
    ids: () => site.received.map(({ news }) => news.articles.map(({ id }) => id)),
  };

  beforeEach(async () => {
    folder = temporaryFolder();
    Object.assign(site, { received: [], answers: [], letGo: [] });
    receiver = createServer((request, response) => {
      void readDelivery(request).then((delivery) => {
        const { path } = delivery;
        site.received.push(delivery);
        if (path === '/never') return;
        if (path !== '/endless') {
          response.writeHead(site.answers.shift() ?? 204, { Location: '/elsewhere' }).end();
          return;
        }
        response.writeHead(200);
        const writing = setInterval(() => response.write('x'.repeat(65_536)), 5);
        response.on('close', () => {
          clearInterval(writing);
          site.letGo.push(path);
        });
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    site.hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    await site.start('on');
  });
  afterEach(async () => {
    await service.stop();
    receiver.close();
    receiver.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });
  return site;
}

async function readDelivery(request: IncomingMessage): Promise<Received> {
  const { url: path = '', headers } = request;
  const deliveryId = headers['x-delivery-id'];
  const body = await text(request);
  return {
    path,
    headers,
    body,
    deliveryId: typeof deliveryId === 'string' ? deliveryId : undefined,
    news: newsSchema.parse(JSON.parse(body)),
  };
}

/** Waits for what will come about. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(100);
}
