import type { Random } from '../../bench/typesetting.ts';
import type { Attack } from './attack.ts';
import { atOnce, between, pick } from './attack.ts';
import { exchange } from './raw-connection.ts';

/** High bytes, NULs, lone line ends, signs that a proxy may take for something else. */
const BYTES = [
  ...['\x00', '\x01', '\x08', '\x0b', '\x1b', '\x7f', '\x80', '\xe9', '\xff'],
  ...[
    '\r',
    '\n',
    '\t',
    ' ',
    '\r\n',
    '\xc0\xaf',
    '\xed\xa0\x80',
    '\xe5\x9b\xad',
    '%00',
    '%',
    '"',
    '<',
  ],
];
const PLACES = ['/', '/search?q=', '/api/search?q=', '/articles/', '/s/', '/assets/', '/healthz?'];
const CONNECTIONS = 60;

const SHAPES: readonly ((noise: string, place: string) => string)[] = [
  (noise, place) => `GET ${place}${noise} HTTP/1.1\r\nHost: x\r\n\r\n`,
  (noise, place) => `GET ${noise}${place} HTTP/1.1\r\nHost: x\r\n\r\n`,
  (noise, place) => `GET ${place} HTTP/1.1\r\nHost: x${noise}\r\n\r\n`,
  (noise, place) => `GET ${place} HTTP/1.1\r\nHost: x\r\nX-${noise}: y\r\n\r\n`,
  (noise, place) => `GET ${place} HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${noise}\r\n\r\n`,
  (noise, place) => `GET ${place} HTTP/1.1\r\nHost: x\r\nCookie: lang=${noise}\r\n\r\n`,
  (noise, place) => `GET ${place} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ${noise}\r\n\r\n`,
  (noise, place) => `GET ${place} HTTP/1.1\r\nHost: x\r\nAccept-Language: ${noise}\r\n\r\n`,
  (noise, place) => `${noise} ${place} HTTP/1.1\r\nHost: x\r\n\r\n`,
  (noise, place) => `GET${noise}${place}${noise}HTTP/1.1\r\nHost: x\r\n\r\n`,
  (noise) => noise,
  (noise, place) =>
    `POST ${place} HTTP/1.1\r\nHost: x\r\nContent-Length: ${noise.length}\r\n\r\n${noise}`,
];

/** Bytes that no browser sends, in every part of a request. */
export const rawBytes: Attack = {
  name: 'raw bytes',
  async run(target, random) {
    const requests = Array.from({ length: CONNECTIONS }, () =>
      pick(SHAPES, random)(noise(random), pick(PLACES, random)),
    );
    await atOnce(CONNECTIONS, async (client) => {
      const bytes = requests[client]!;
      // A line end in the noise may make two requests of one.
      const most = 2 + bytes.split('HTTP/').length;
      await exchange(target, { bytes, most, withinMs: 400, client, what: JSON.stringify(bytes) });
    });
  },
};

function noise(random: Random): string {
  return Array.from({ length: between(1, 12, random) }, () => pick(BYTES, random)).join('');
}
