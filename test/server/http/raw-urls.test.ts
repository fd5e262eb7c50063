import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestService } from '../../service-for-tests.ts';
import { sharedSampleService } from '../../service-for-tests.ts';

let service: TestService;
beforeAll(async () => {
  service = await sharedSampleService();
});

/** Sends each packet as it is and returns all that comes back until the other side closes. */
function exchange(...packets: string[]): Promise<string> {
  const { hostname, port } = new URL(service.address);
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(port), host: hostname, noDelay: true });
    packets.forEach((packet, n) => void sleep(n * 20).then(() => socket.write(packet)));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // Who sends on after the refusal meets a closed door.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => resolve(answer));
  });
}

const statusesIn = (answer: string) =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

describe('an address typed in Chinese', () => {
  it('is answered as if it had been percent-encoded', async () => {
    const answer = await exchange(
      'GET /api/search?q=贵阳高新区&size=1 HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('"input":"贵阳高新区"');
  });

  it.each([
    'GET /搜索 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello',
    'POST /搜索 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET /搜索',
    '搜索\r\n\r\n',
  ])('gets a plain 400 when the rest of the request is odd: %j', async (bytes) => {
    expect(await exchange(bytes)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('gets no body after a refused HEAD, which would be taken for the next answer', async () => {
    const answer = await exchange('HEAD /搜索 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/\r\n\r\n$/);
  });
});

const RAW = 'GET /api/search?q=贵阳高新区 HTTP/1.1\r\nHost: x\r\n\r\n';
const slow = (n: number) =>
  `GET /api/search?q=${encodeURIComponent(`没有问过的${n}`)} HTTP/1.1\r\nHost: x\r\n\r\n`;

describe('on one connection with other requests', () => {
  it.each([
    ['while one is answered', [`GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n${RAW}`], [200, 400]],
    ['behind several', [`${slow(1)}${slow(2)}${slow(3)}${RAW}`], [200, 200, 200, 400]],
    ['before another', [`${RAW}${slow(5)}`], [400]],
    ['twice', [`${RAW}${RAW}`], [400]],
    [
      'behind an unfinished body',
      ['POST /saved HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na', `${RAW}${RAW}`],
      [400, 400],
    ],
    [
      'behind a malformed body',
      [`${slow(6)}POST /saved HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`],
      [200, 400],
    ],
    [
      'with a refused expectation before',
      [`GET / HTTP/1.1\r\nHost: x\r\nExpect: y\r\n\r\n${RAW}`],
      [417, 400],
    ],
    ['with no host before', [`GET / HTTP/1.1\r\n\r\n${RAW}`], [400, 400]],
  ] as const)(
    '%s: what came before is answered in order, then it ends',
    async (_, packets, statuses) => {
      expect(statusesIn(await exchange(...packets))).toEqual(statuses);
      expect((await fetch(`${service.address}/healthz`)).status).toBe(200);
    },
  );

  it('is answered or refused in a packet of its own, as the one before it is answered by then or not', async () => {
    const [first, second, ...more] = statusesIn(await exchange(slow(4), RAW));
    expect(first).toBe(200);
    expect([200, 400]).toContain(second);
    expect(more).toEqual([]);
  });

  it('is answered once or refused, as the next ones come in a packet of their own or not', async () => {
    const statuses = statusesIn(await exchange(RAW, RAW, RAW));
    expect([[200], [400]]).toContainEqual(statuses);
    expect((await fetch(`${service.address}/healthz`)).status).toBe(200);
  });

  it('is refused with a body, whoever says how long it is', async () => {
    for (const header of ['Content-Length: 5', 'Transfer-Encoding : chunked'])
      expect(statusesIn(await exchange(RAW.replace('Host', `${header}\r\nHost`)))).toEqual([400]);
  });

  it('is not taken for a request when it is the rest of a body', async () => {
    const post = `POST /none HTTP/1.1\r\nHost: x\r\nContent-Length: ${RAW.length + 4}\r\n\r\n`;
    expect(statusesIn(await exchange(post, `GET ${RAW}`))).not.toContain(200);
  });
});

it('is subject to the rules of every other request', async () => {
  const raw = (path: string, ...headers: string[]) =>
    exchange([`GET ${path} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
  expect(statusesIn(await raw('/搜', 'Host: x', '__proto__: y', 'constructor: z'))).toEqual([404]);
  expect(statusesIn(await raw('/搜'))).toEqual([400]);
  expect(statusesIn(await raw('/搜', 'Host: x', 'a b: c'))).toEqual([400]);
  expect(statusesIn(await raw(`/${'搜'.repeat(20_000)}`, 'Host: x'))).toEqual([431]);
  expect(await raw('/help?搜', 'Host: x', 'Expect: 100-continue', 'Upgrade: h2c')).toMatch(
    /^HTTP\/1\.1 100 [^]*\nHTTP\/1\.1 200 [^]*\nConnection: close/,
  );
});

it('lives on, whatever the bytes of a connection are and whenever it is cut', async () => {
  const piece = fc.constantFrom(
    ...[
      'GET ',
      'HEAD ',
      'POST ',
      'CONNECT ',
      '/readyz',
      '/搜',
      ' HTTP/1.1',
      ' HTTP/1.0',
      ' HTTP/0.9',
    ],
    ...['\r\n', '\r\n\r\n', 'Host: x', 'Content-Length: 3', 'Transfer-Encoding: chunked', '3\r\n'],
    ...[
      'Expect: 100-continue',
      'Expect: x',
      'Connection: Upgrade',
      'Upgrade: websocket',
      '\0',
      '�',
      ':',
    ],
    ...[RAW, slow(7), 'GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n'],
  );
  const { hostname, port } = new URL(service.address);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(piece, { maxLength: 6 }), { maxLength: 4 }),
      fc.constantFrom('end', 'destroy', 'resetAndDestroy'),
      async (packets, leave) => {
        const socket = connect(Number(port), hostname);
        socket.on('error', () => undefined).resume();
        for (const packet of packets) {
          if (socket.writable) socket.write(packet.join(''));
          await sleep(1);
        }
        socket[leave]();
        socket.destroySoon();
        expect((await fetch(`${service.address}/healthz`)).status).toBe(200);
      },
    ),
    { numRuns: 300 },
  );
});
