import type { Attack } from './attack.ts';
import { atOnce, pick } from './attack.ts';
import { exchange } from './raw-connection.ts';

const HTTP2 = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00';
const REQUESTS = [
  'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  'GET /search HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n',
  'CONNECT localhost:22 HTTP/1.1\r\nHost: localhost:22\r\n\r\n',
  'CONNECT / HTTP/1.1\r\nHost: x\r\n\r\n',
  'TRACE / HTTP/1.1\r\nHost: x\r\nCookie: secret=1\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET * HTTP/1.1\r\nHost: x\r\n\r\n',
  'PURGE / HTTP/1.1\r\nHost: x\r\n\r\n',
  'QUERY / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx',
  'POST /api/saved-searches HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
  'POST /api/saved-searches HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 2\r\n\r\n{}',
  'GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n',
  'GET /\r\n',
  'GET /\r\n\r\n',
  'GET / HTTP/0.9\r\n\r\n',
  'GET / HTTP/1.0\r\n\r\n',
  'GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
  'GET / HTTP/2.0\r\nHost: x\r\n\r\n',
  'GET / HTTP/3\r\nHost: x\r\n\r\n',
  'GET / http/1.1\r\nHost: x\r\n\r\n',
  'GET http://example.org/healthz HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET http://[::1/ HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET //evil.example/%2e%2e HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET healthz HTTP/1.1\r\nHost: x\r\n\r\n',
  `GET / HTTP/1.1\r\nHost: ${'x'.repeat(5_000)}\r\n\r\n`,
  'GET /s/x HTTP/1.1\r\nHost: x" onload="y\r\n\r\n',
  HTTP2,
  `GET / HTTP/1.1\r\nHost: x\r\n\r\n${HTTP2}`,
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  '\r\n\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n',
  'SSH-2.0-OpenSSH_9.6\r\n',
];
const CONNECTIONS = 40;

/** Other protocols, other versions, and what HTTP can do beside asking for a page. */
export const protocols: Attack = {
  name: 'protocols',
  async run(target, random) {
    const requests = Array.from({ length: CONNECTIONS }, () => pick(REQUESTS, random));
    await atOnce(CONNECTIONS, async (client) => {
      const bytes = requests[client]!;
      const methods = [/^(?:\r\n)*(\w+) /.exec(bytes)?.[1] ?? 'GET', 'GET', 'GET'];
      const what = JSON.stringify(bytes.slice(0, 300));
      const answers = await exchange(target, { bytes, methods, withinMs: 600, client, what });
      if (answers[0] !== undefined && /^CONNECT|^TRACE/.test(bytes) && answers[0].status < 400)
        target.note(`${what}：${answers[0].status}`);
    });
  },
};
