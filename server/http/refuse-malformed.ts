import type { Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Connections } from './connections.ts';
import { encodeRawUrl, type ParserError, RewrittenConnection, stopReading } from './raw-urls.ts';

/** The longest query that is answered takes 45,000 bytes of an address; Node allows 16,384. */
export const MAX_HEADER_BYTES = 128 * 1024;

/** Closed while bytes still come in, a connection is reset, and the refusal in it lost. */
const LINGER_MS = 1_000;

/**
 * What the parser refuses is refused in a line of text, after the answers to what came before it on the
 * same connection, which then ends. Only a GET that is alone on its connection and has Chinese in its
 * address as it is, as in `curl 'http://…/api/search?q=贵阳高新区'`, is answered as if it had been
 * percent-encoded.
 */
export function refuseMalformed(server: Server, connections: Connections): void {
  const refused = new WeakSet<Duplex>();

  server.on('clientError', (error: ParserError, connection: Duplex) => {
    // The parser complains again of each packet that follows, and when the time for its request is over.
    if (refused.has(connection)) return;
    refused.add(connection);
    if (!connection.writable) {
      connection.destroy();
      return;
    }
    const before = connections.unanswered(connection);
    const encoded = before.length === 0 ? encodeRawUrl(error) : null;
    if (encoded !== null && connection instanceof Socket) {
      server.emit('connection', new RewrittenConnection(connection, encoded));
      return;
    }
    stopReading(connection);
    // What is wrong may be the body of the request that is answered last.
    const broken = before.find(({ req }) => !req.complete);
    afterAll(
      before.filter((response) => response !== broken),
      () => refuse(connection, broken, error),
    );
  });
}

/** Calls in the same turn in which the last of them closes: a moment later the connection is closed too. */
function afterAll(responses: readonly ServerResponse[], next: () => void): void {
  let left = responses.length;
  if (left === 0) next();
  for (const response of responses)
    response.once('close', () => {
      left -= 1;
      if (left === 0) next();
    });
}

function refuse(connection: Duplex, broken: ServerResponse | undefined, error: ParserError): void {
  if (!connection.writable || broken?.headersSent === true) {
    connection.destroy();
    return;
  }
  connection.end(refusal(error));
  connection.resume();
  setTimeout(() => connection.destroy(), LINGER_MS).unref();
}

/** By the code of the parser's error; `other` is what it says of the rest. */
const REFUSALS = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    `网址与请求头太长：合计最多 ${MAX_HEADER_BYTES / 1024} KB`,
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', '请求没有按时发完'],
  other: ['400 Bad Request', '请求无法识别'],
} as const;

function refusal(error: ParserError): string {
  const { code = 'other' } = error;
  const [status, message] = REFUSALS[code in REFUSALS ? (code as keyof typeof REFUSALS) : 'other'];
  return [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(message)}`,
    '',
    // What follows the answer to HEAD would be taken for the next answer.
    isHead(error) ? '' : message,
  ].join('\r\n');
}

/** Whether the request in which the packet went wrong, maybe after others in it, is a HEAD. */
function isHead({ rawPacket, bytesParsed }: ParserError): boolean {
  const read = rawPacket?.toString('latin1', 0, bytesParsed) ?? '';
  const before = read.lastIndexOf('\r\n\r\n');
  return read.startsWith('HEAD ', before < 0 ? 0 : before + '\r\n\r\n'.length);
}
