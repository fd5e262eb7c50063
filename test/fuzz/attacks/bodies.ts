import type { Attack } from './attack.ts';
import { atOnce, pick } from './attack.ts';
import { exchange } from './raw-connection.ts';

const CHUNKS = [
  'zz\r\n{}\r\n0\r\n\r\n',
  '-1\r\n{}\r\n0\r\n\r\n',
  'ffffffffffffffff\r\n{}\r\n',
  '7fffffff\r\n{}\r\n',
  '2\r\n{}0\r\n\r\n',
  '2\n{}\n0\n\n',
  '2 \r\n{}\r\n0\r\n\r\n',
  '0x2\r\n{}\r\n0\r\n\r\n',
  `2;${'x'.repeat(60_000)}\r\n{}\r\n0\r\n\r\n`,
  `2;a="\x00\xff"\r\n{}\r\n0\r\n\r\n`,
  `2\r\n{}\r\n0\r\nContent-Length: 9\r\nHost: y\r\n\r\n`,
  `2\r\n{}\r\n0\r\n${'X-T: y\r\n'.repeat(3_000)}\r\n`,
  `${'1\r\n \r\n'.repeat(50_000)}0\r\n\r\n`,
  '\r\n',
  '0\r\n\r\n0\r\n\r\n',
];
const LENGTHS = ['-1', '1e3', '0x10', '99999999999999999999', ' 5 5', '5,5', '+5', '', 'x', '５'];
const LINES = ['POST /api/saved-searches', 'POST /saved', 'PATCH /api/saved-searches/x', 'GET /'];
const CONNECTIONS = 40;

/** Bodies whose parts or length are not what they say. */
export const malformedBodies: Attack = {
  name: 'malformed bodies',
  async run(target, random) {
    const requests = Array.from({ length: CONNECTIONS }, () => {
      const head = `${pick(LINES, random)} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
      return random() < 0.7
        ? `${head}Transfer-Encoding: chunked\r\n\r\n${pick(CHUNKS, random)}`
        : `${head}Content-Length: ${pick(LENGTHS, random)}\r\n\r\n{"name":"a"}`;
    });
    await atOnce(CONNECTIONS, async (client) => {
      const bytes = requests[client]!;
      // What follows the end of a body is the beginning of another request, and refused.
      await exchange(target, { bytes, most: 2, withinMs: 500, client, what: short(bytes) });
    });
  },
};

function short(bytes: string): string {
  return JSON.stringify(bytes.length > 300 ? `${bytes.slice(0, 300)}… (${bytes.length})` : bytes);
}
