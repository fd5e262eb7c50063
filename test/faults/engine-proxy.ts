import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** What stands between server and engine does with what passes through. */
export type ProxyMode =
  | { readonly type: 'pass' }
  /** Connections are refused by being closed at once, and those there are cut. */
  | { readonly type: 'cut' }
  /** Each packet of an answer comes so many milliseconds late; `Infinity`: never. */
  | { readonly type: 'late'; readonly by: number }
  /** Every request gets this as its answer. */
  | { readonly type: 'answer'; readonly status: number; readonly body: string };

export interface EngineProxy {
  readonly url: string;
  readonly setMode: (mode: ProxyMode) => void;
  /** Requests that came through whose sender went away before the answer was whole. */
  readonly abandoned: () => number;
  readonly close: () => Promise<void>;
}

/** A TCP proxy on a port of this machine, by default a free one, before the engine at `target`. */
export async function startEngineProxy(target: string, listenOn = 0): Promise<EngineProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let mode: ProxyMode = { type: 'pass' };
  let abandoned = 0;

  const server = createServer((client) => {
    keep(client);
    if (mode.type === 'cut') {
      client.destroy();
      return;
    }
    const engine = connect(Number(port), hostname);
    keep(engine);
    let waits = false;
    client.on('data', (chunk: Buffer) => {
      waits = true;
      if (mode.type === 'answer') client.end(answerOf(mode));
      else engine.write(chunk);
    });
    engine.on('data', (chunk: Buffer) => {
      const pass = () => {
        waits = false;
        if (client.writable) client.write(chunk);
      };
      if (mode.type !== 'late') pass();
      else if (mode.by !== Infinity) setTimeout(pass, mode.by);
    });
    client.on('close', () => {
      if (waits) abandoned += 1;
      engine.destroy();
    });
    engine.on('close', () => client.destroy());
  });
  server.listen(listenOn, '127.0.0.1');
  await once(server, 'listening');

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Cut connections are what this is for.
    socket.on('error', () => socket.destroy());
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setMode(next) {
      mode = next;
      if (mode.type === 'cut') for (const socket of sockets) socket.destroy();
    },
    abandoned: () => abandoned,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function answerOf({ status, body }: Extract<ProxyMode, { type: 'answer' }>): string {
  return [
    `HTTP/1.1 ${status} Answer`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
