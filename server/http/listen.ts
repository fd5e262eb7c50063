import type { createServer as httpCreateServer, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Environment } from '../../config/environment.ts';
import { watchConnections } from './connections.ts';
import { MAX_HEADER_BYTES, refuseMalformed } from './refuse-malformed.ts';

const CLOSE_WITHIN_MS = 10_000;
/** A client that sends a request byte by byte must not hold a connection for ever. */
const SENT_WITHIN_MS = 10_000;
/** How often Node looks for requests that take longer. */
const CHECKED_EVERY_MS = 1_000;
/** Over a slow line the system reports progress only some hundred kilobytes at a time. */
const UNREAD_FOR_MS = 30_000;
const MOST_CONNECTIONS = 2_000;
const MOST_OF_ONE_CLIENT = 500;
/** Longer than proxies keep idle connections: whoever closes one first may cut off a request just sent. */
const IDLE_FOR_MS = 65_000;

export interface Listener {
  /** `http://127.0.0.1:3000` */
  readonly address: string;
  /** Finishes the requests under way. */
  readonly close: () => Promise<void>;
}

/** @throws with a Chinese message when the port cannot be had. */
export async function listen(
  createServer: typeof httpCreateServer,
  answer: RequestListener,
  environment: Pick<Environment, 'host' | 'port' | 'trustProxy'>,
): Promise<Listener> {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      requestTimeout: SENT_WITHIN_MS,
      headersTimeout: SENT_WITHIN_MS,
      connectionsCheckingInterval: CHECKED_EVERY_MS,
      keepAliveTimeout: IDLE_FOR_MS,
    },
    answer,
  );
  await bind(server, environment);
  const connections = watchConnections(server, {
    most: MOST_CONNECTIONS,
    mostOfOne: MOST_OF_ONE_CLIENT,
    unreadForMs: UNREAD_FOR_MS,
    trustProxy: environment.trustProxy,
  });
  refuseMalformed(server, connections);
  return { address: addressOf(server), close: () => close(server) };
}

function bind(server: Server, { host, port }: Pick<Environment, 'host' | 'port'>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `端口 ${port} 已被占用。请停掉占用它的程序，或设 PORT=0 由系统挑一个空闲端口。`,
            )
          : new Error(`无法监听 ${host}:${port}：${error.message}。请检查 HOST 与 PORT。`, {
              cause: error,
            }),
      );
    });
    server.listen(port, host, () => resolve());
  });
}

function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
  await closed;
  clearTimeout(late);
}
