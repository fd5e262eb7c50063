import { createServer } from 'node:http';
import type { ServerOptions } from 'node:http';
import { connect } from 'node:net';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnvironment } from '../../config/environment.ts';
import { startService, type Service } from '../../server/start-service.ts';
import { temporaryFolder } from '../service-for-tests.ts';

/** The service's own limits, so many times shorter: nobody waits half a minute for a test. */
const FASTER = 60;
const DATA_DIR = temporaryFolder();
let service: Service;

beforeAll(async () => {
  const faster = ((options: ServerOptions, listener: never) =>
    createServer(
      {
        ...options,
        requestTimeout: options.requestTimeout! / FASTER,
        connectionsCheckingInterval: 50,
      },
      listener,
    )) as typeof createServer;
  const environment = parseEnvironment({
    ...process.env,
    DATA_DIR,
    PORT: '0',
    SAMPLE_CORPUS: 'off',
  });
  service = await startService(environment, pino({ level: 'silent' }), faster);
});
afterAll(async () => {
  await service.stop();
  rmSync(DATA_DIR, { recursive: true });
});

describe('a client that sends its request byte by byte', () => {
  it.each([
    ['the head', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    [
      'the body',
      'POST /api/saved-searches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{',
    ],
  ])('is told so with 408 and its connection closed: %s', async (_what, beginning) => {
    const { hostname, port } = new URL(service.address);
    const client = connect(Number(port), hostname);
    let answer = '';
    const isClosed = () => client.closed;
    client.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    // Sending goes on for a moment after the other side has closed.
    client.on('error', () => undefined);
    client.write(beginning);
    while (!isClosed()) {
      await sleep(20);
      if (client.writable) client.write('a');
    }
    expect(answer).toMatch(/^HTTP\/1\.1 408 /u);
    expect(answer).toContain('Connection: close');
  });

  it('keeps nobody else waiting', async () => {
    const { hostname, port } = new URL(service.address);
    const slow = Array.from({ length: 50 }, () => connect(Number(port), hostname));
    for (const client of slow) client.on('error', () => undefined).write('GET / HTTP/1.1\r\n');
    expect((await fetch(`${service.address}/healthz`)).status).toBe(200);
    for (const client of slow) client.destroy();
  });
});
