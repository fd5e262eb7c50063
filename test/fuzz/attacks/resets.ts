import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from './attack.ts';
import { atOnce, between, pick } from './attack.ts';
import { openConnection } from './raw-connection.ts';

const BEGUN = [
  'GET / HTTP/1.1\r\nHo',
  'GET /search?q=%E9%AB%98%E6%96%B0%E5%8C%BA HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /api/export?format=jsonl HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /api/search?size=50 HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /readyz HTTP/1.1\r\nHost: x\r\n\r\nGET /\xe9 HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /\xe9 HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /articles/nothing HTTP/1.1\r\nHost: x\r\n\r\n',
  'POST /api/saved-searches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"na',
];
const CONNECTIONS = 100;
const SETTLED_MS = 500;

/** Connections torn down with a reset in the head, the body or the answer. */
export const resets: Attack = {
  name: 'resets',
  async run(target, random) {
    const plans = Array.from({ length: CONNECTIONS }, () => ({
      bytes: pick(BEGUN, random),
      afterMs: pick([0, 1, 5, between(0, 300, random)], random),
    }));
    await atOnce(CONNECTIONS, async (client) => {
      const { bytes, afterMs } = plans[client]!;
      const { socket } = openConnection(target, client);
      socket.write(Buffer.from(bytes, 'latin1'));
      await sleep(afterMs);
      socket.resetAndDestroy();
    });
    // What was begun may end the service a moment later.
    await sleep(SETTLED_MS);
  },
};
