import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { watchConnections } from '../../../server/http/connections.ts';

const endings: (() => void)[] = [];
afterEach(() => endings.splice(0).forEach((end) => end()));

/** A server that answers `/held` only when told, with at most four connections. */
async function startServer() {
  const held: ServerResponse[] = [];
  const server = createServer(({ url }, response) => {
    if (url === '/held') held.push(response);
    else response.end('x'.repeat(url === '/large' ? 20_000_000 : 1));
  });
  watchConnections(server, { most: 4, mostOfOne: 4, unreadForMs: 60_000, trustProxy: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  endings.push(() => server.close().closeAllConnections());
  const open = async (path?: string) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined).pause();
    endings.push(() => socket.destroy());
    if (path !== undefined) socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await once(socket, 'connect');
    await sleep(20);
    return socket;
  };
  return { open, held };
}

describe('with too many connections', () => {
  it('closes the one that has been idle longest', async () => {
    const { open, held } = await startServer();
    const worked = await open('/held');
    const idle = [await open(), await open('/'), await open()];
    const asking = await open('/held');
    idle[0]!.resume();
    await once(idle[0]!, 'close');
    for (const socket of [worked, asking]) expect(socket.destroyed).toBe(false);
    expect(held).toHaveLength(2);
    for (const response of held) response.end('done');
    for (const socket of [worked, asking]) {
      const [answer] = (await once(socket.resume(), 'data')) as [Buffer];
      expect(answer.toString()).toContain('200 OK');
    }
  });

  it('closes the one whose answer is not read, when none is idle', async () => {
    const { open, held } = await startServer();
    for (let n = 0; n < 3; n += 1) await open('/held');
    const unread = await open('/large');
    const asking = await open('/held');
    await once(unread.resume(), 'close');
    expect(held).toHaveLength(4);
    expect(asking.destroyed).toBe(false);
  });

  it('refuses the new one, when all are worked for', async () => {
    const { open, held } = await startServer();
    for (let n = 0; n < 4; n += 1) await open('/held');
    await once((await open()).resume(), 'close');
    expect(held.map(({ destroyed }) => destroyed)).toEqual([false, false, false, false]);
  });
});

it('tells every answer of a closed connection that it has closed', async () => {
  const { open, held } = await startServer();
  const socket = await open();
  socket.write('GET /held HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(3));
  while (held.length < 3) await sleep(5);
  const closed = held.map((response) => {
    let times = 0;
    response.on('close', () => (times += 1));
    return () => times;
  });
  socket.destroy();
  while (!closed.every((times) => times() > 0)) await sleep(5);
  expect(closed.map((times) => times())).toEqual([1, 1, 1]);
});
