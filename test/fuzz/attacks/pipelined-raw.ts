import type { Attack } from './attack.ts';
import { atOnce, between, pick } from './attack.ts';
import { exchange } from './raw-connection.ts';

const FIRST = ['/readyz', '/healthz', '/api/search?size=1', '/articles/nothing'];
/** What Node's parser refuses, after a request that is still being answered. */
const RAW = [
  'GET /\xe9 HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /search?q=\xe5\x9b\xad HTTP/1.1\r\nHost: x\r\n\r\n',
  'HEAD /\xe9 HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET / HTTP/1.1\r\nHo st: x\r\n\r\n',
  'GET / HTTP/9.9\r\n\r\n',
  '\x00\x01\x02\r\n\r\n',
  'GET /\xff HTTP/1.1\r\nHost: x\r\n\r\nGET /\xfe HTTP/1.1\r\nHost: x\r\n\r\n',
];
const CONNECTIONS = 20;

/** A request, and on its heels bytes that are none, or a raw address; in one packet or two. */
export const pipelinedRaw: Attack = {
  name: 'pipelined raw bytes',
  async run(target, random) {
    const sent = Array.from({ length: CONNECTIONS }, () => {
      const good = Array.from(
        { length: between(1, 4, random) },
        (_, place) =>
          `GET ${pick(FIRST, random)} HTTP/1.1\r\nHost: x\r\nX-Request-Id: good-${place}\r\n\r\n`,
      );
      return { good, raw: pick(RAW, random) };
    });
    await atOnce(CONNECTIONS, async (client) => {
      const { good, raw } = sent[client]!;
      const what = `pipelined ${JSON.stringify(good.join('') + raw)}`;
      const answers = await exchange(target, {
        bytes: good.join('') + raw,
        methods: [...good, raw, raw].map((request) =>
          request.startsWith('HEAD') ? 'HEAD' : 'GET',
        ),
        client,
        what,
      });
      const order = answers.map(({ headers }) => headers.get('x-request-id') ?? '');
      const own = order.filter((id) => id.startsWith('good-'));
      if (own.some((id, place) => id !== `good-${place}` || order[place] !== id))
        target.note(`${what}：应答的次序是 ${order.join()}`);
    });
  },
};
