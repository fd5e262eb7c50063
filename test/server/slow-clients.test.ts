import { createServer } from 'node:http';
import type { Server, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnvironment } from '../../config/environment.ts';
import { startService, type Service } from '../../server/start-service.ts';
import { temporaryFolder } from '../service-for-tests.ts';

/** The service's own limits, so many times shorter: nobody waits half a minute for a test. */
const FASTER = 20;
const DATA_DIR = temporaryFolder();
let service: Service;
let server: Server;

beforeAll(async () => {
  const faster = ((options: ServerOptions, listener: never) => {
    server = createServer(
      {
        ...options,
        requestTimeout: options.requestTimeout! / FASTER,
        headersTimeout: options.headersTimeout! / FASTER,
        connectionsCheckingInterval: 50,
      },
      listener,
    );
    const setTimeout = server.setTimeout.bind(server);
    server.setTimeout = ((ms: number, then: never) =>
      setTimeout(ms / FASTER, then)) as typeof setTimeout;
    return server;
  }) as typeof createServer;
  const environment = parseEnvironment({
    ...process.env,
    DATA_DIR,
    PORT: '0',
    RATE_LIMIT: '0',
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

/** More than are worked for at once, however many that are. */
const CROWD = 250;
const PAUSE_MS = 100;
const EXPORT = 'GET /api/export?format=jsonl HTTP/1.1\r\nHost: x\r\n\r\n';

function hold(count: number, bytes: string, whenOpen = (_socket: Socket) => {}): Socket[] {
  const { hostname, port } = new URL(service.address);
  return Array.from({ length: count }, () => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined).on('connect', () => whenOpen(socket));
    socket.write(bytes);
    return socket;
  });
}

const countConnections = () =>
  new Promise<number>((done) => server.getConnections((_error, count) => done(count)));

async function untilAll(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}

describe('a crowd that costs nothing', () => {
  it.each([
    ['sends half a body', 'POST /saved HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nname='],
    [
      'sends half a body of JSON',
      'POST /api/saved-searches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    ],
    ['sends raw bytes and stays', 'GET /help?搜 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['sends nothing', ''],
    ['sends half a head', 'GET /help HTTP/1.1\r\nHos'],
  ])('%s: it keeps nobody out, and is let go', async (_what, bytes) => {
    const held = hold(CROWD, bytes);
    await untilAll(() => held.every(({ connecting }) => !connecting));
    expect((await fetch(`${service.address}/api/search?q=贵阳`)).status).toBe(200);
    for (const socket of held) socket.resume();
    await untilAll(() => held.every((socket) => socket.closed));
  });

  it('does not read what it asked for: it keeps nobody out, and is let go', async () => {
    const size = (await (await fetch(`${service.address}/api/export?format=jsonl`)).arrayBuffer())
      .byteLength;
    // More than the system keeps for a connection.
    const exports = EXPORT.repeat(Math.ceil(20_000_000 / size));
    const held = hold(10, exports, (socket) => socket.pause());
    await untilAll(() => held.every(({ connecting }) => !connecting));
    expect((await fetch(`${service.address}/api/search?q=高新区`)).status).toBe(200);
    expect((await fetch(`${service.address}/api/export?format=csv`)).status).toBe(200);
    // Those of fetch are kept alive; of the crowd, none is left.
    await untilAll(async () => (await countConnections()) <= 5);
    for (const socket of held) socket.destroy();
  });
});

it('serves a reader that is slow but reads, however long it takes', async () => {
  const { headers } = await fetch(`${service.address}/api/export?format=jsonl`);
  expect(Number(headers.get('X-Total-Count'))).toBeGreaterThan(100);
  const times = 120;
  const [reader] = hold(1, EXPORT.repeat(times));
  let [received, sincePause, pauses] = ['', 0, 0];
  reader!.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
    sincePause += chunk.length;
    if (sincePause < 400_000) return;
    [sincePause, pauses] = [0, pauses + 1];
    reader!.pause();
    setTimeout(() => reader!.resume(), PAUSE_MS);
  });
  const isServed = () => received.split('HTTP/1.1 200 OK').length > times;
  await untilAll(() => isServed() || reader!.destroyed);
  expect(isServed()).toBe(true);
  expect(pauses * PAUSE_MS).toBeGreaterThan(2 * server.timeout);
  reader!.destroy();
});
