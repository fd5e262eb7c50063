import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Meilisearch } from 'meilisearch';
import { afterEach, expect, test } from 'vitest';
import { sendDocuments } from '../../../indexer/engine/send-documents.ts';

const MEGABYTE = 2 ** 20;

let close: () => void = () => undefined;

afterEach(() => close());

async function receiver(
  receive: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Meilisearch> {
  const server = createServer((request, response) => void receive(request, response));
  close = () => server.close();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return new Meilisearch({ host: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

test('what was packed arrives unpacked, piece after piece, each with a line break after it', async () => {
  let received = '';
  const client = await receiver(async (request, response) => {
    for await (const chunk of request) received += String(chunk);
    response.end('{"taskUid":7}');
  });
  const pieces = ['{"doc":1}\n{"doc":2}', '{"doc":3}'].map((lines) => gzipSync(lines));
  expect(await sendDocuments(client, 'articles', pieces)).toEqual({ taskUid: 7 });
  expect(received).toBe('{"doc":1}\n{"doc":2}\n{"doc":3}\n');
});

test('of what is being sent only a little is in memory unpacked', async () => {
  const before = process.memoryUsage().arrayBuffers;
  let bytes = 0;
  let most = 0;
  const client = await receiver(async (request, response) => {
    for await (const chunk of request) {
      bytes += (chunk as Buffer).length;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    response.end('{"taskUid":7}');
  });
  const piece = gzipSync(' '.repeat(4 * MEGABYTE));
  await sendDocuments(client, 'articles', Array<Buffer>(64).fill(piece));
  expect(bytes).toBe(64 * (4 * MEGABYTE + 1));
  expect(most).toBeLessThan(128 * MEGABYTE);
});

test('an address that leads elsewhere is an error', async () => {
  const client = await receiver(async (_request, response) => {
    response.writeHead(307, { location: '/elsewhere' }).end();
    await Promise.resolve();
  });
  await expect(sendDocuments(client, 'articles', [gzipSync('{}')])).rejects.toThrow();
});
