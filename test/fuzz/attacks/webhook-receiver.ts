import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a receiver does with a delivery. */
export type Reception = 'take' | 'hang' | 'fail' | 'redirect' | 'reset' | 'flood';

export interface WebhookReceiver {
  readonly url: string;
  /** Deliveries that came, and requests for the address to which it redirects: there must be none. */
  readonly received: () => { readonly deliveries: number; readonly followed: number };
  readonly close: () => Promise<void>;
}

const RECEPTIONS: Readonly<Record<Reception, (response: ServerResponse) => void>> = {
  take: (response) => void response.writeHead(204).end(),
  hang: () => undefined,
  fail: (response) => void response.writeHead(500).end('no'),
  redirect: (response) => void response.writeHead(307, { Location: '/followed' }).end(),
  reset: (response) => void response.socket?.resetAndDestroy(),
  flood: (response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', more).writeHead(200);
    more();
  },
};

/** Receives deliveries on a free port of this machine. */
export async function startReceiver(reception: Reception): Promise<WebhookReceiver> {
  let [deliveries, followed] = [0, 0];
  const server = createServer((request, response) => {
    if (request.url === '/followed') followed += 1;
    else deliveries += 1;
    request.resume();
    RECEPTIONS[reception](response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: () => ({ deliveries, followed }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
