import type { Attack } from './attack.ts';
import { atOnce, between, pick } from './attack.ts';
import { exchange } from './raw-connection.ts';

/** Some at once, some after the engine or the disk was asked. */
const PLACES = [
  '/healthz',
  '/readyz',
  '/api/search?size=1',
  '/',
  '/api/analyze?text=a',
  '/nowhere',
];
const CONNECTIONS = 20;

/** Several requests in one packet: answered all, and in the order in which they were sent. */
export const pipelined: Attack = {
  name: 'pipelined',
  async run(target, random) {
    const sent = Array.from({ length: CONNECTIONS }, () =>
      Array.from({ length: between(2, 12, random) }, () => ({
        method: pick(['GET', 'GET', 'HEAD'], random),
        path: pick(PLACES, random),
      })),
    );
    await atOnce(CONNECTIONS, async (client) => {
      const requests = sent[client]!;
      const what = `pipelined ${requests.map(({ method, path }) => `${method} ${path}`).join(' | ')}`;
      const bytes = requests.map(
        ({ method, path }, place) =>
          `${method} ${path} HTTP/1.1\r\nHost: x\r\nX-Request-Id: place-${place}\r\n\r\n`,
      );
      const answers = await exchange(target, {
        bytes: bytes.join(''),
        methods: requests.map(({ method }) => method),
        withinMs: 10_000,
        client,
        what,
      });
      const order = answers.map(({ headers }) => headers.get('x-request-id'));
      if (order.length < requests.length)
        target.note(`${what}：${requests.length} 个请求只有 ${order.length} 个应答`);
      if (order.some((id, place) => id !== `place-${place}`))
        target.note(`${what}：应答的次序是 ${order.join()}`);
    });
  },
};
