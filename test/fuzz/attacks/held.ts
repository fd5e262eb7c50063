import type { Random } from '../../bench/typesetting.ts';
import type { Attack } from './attack.ts';
import { between, pick } from './attack.ts';
import { holdConnections } from './raw-connection.ts';

/** More than there are places for requests under way. */
const [FEWEST, MOST] = [250, 401];
const HEADS = [
  '',
  'G',
  'GET / HTTP/1.1\r\n',
  'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ',
  'GET /\xe9 HTTP/1.1\r\nHost: x\r\n',
  '\x00',
];
/** A raw address is answered by code of our own: left open, its answer must not keep a place. */
const RAW_REQUESTS = [
  'GET /\xe9 HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /search?q=\xe5\x9b\xad HTTP/1.1\r\nHost: x\r\n\r\n',
];
/** What waits for its body, whole or in part. */
const BODIES = [
  ['POST /api/saved-searches', 'application/json', '{"name":'],
  ['POST /api/saved-searches', 'application/json', ''],
  ['POST /saved', 'application/x-www-form-urlencoded', 'name='],
] as const;

/** So many connections that each have begun with one of these. */
function holding(name: string, begin: (random: Random) => string): Attack {
  return {
    name,
    isIdle: true,
    async run(target, random) {
      const begun = Array.from({ length: between(FEWEST, MOST, random) }, () => begin(random));
      await holdConnections(target, begun.length, (number) => begun[number]!);
    },
  };
}

export const heldHeads = holding('held heads', (random) => pick(HEADS, random));
export const heldRawAddresses = holding('held raw addresses', (random) =>
  pick(RAW_REQUESTS, random),
);
export const heldBodies = holding('held bodies', (random) => {
  const [line, type, body] = pick(BODIES, random);
  const length = random() < 0.5 ? 'Content-Length: 5000' : 'Transfer-Encoding: chunked';
  const sent =
    length.startsWith('T') && body !== '' ? `${body.length.toString(16)}\r\n${body}\r\n` : body;
  return `${line} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\n${length}\r\n\r\n${sent}`;
});
