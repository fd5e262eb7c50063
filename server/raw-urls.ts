import type { Server } from 'node:http';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

interface ParserError extends Error {
  readonly code?: string;
  readonly rawPacket?: Buffer;
}

/** The longest query that is answered takes 45,000 bytes of an address; Node allows 16,384. */
export const MAX_HEADER_BYTES = 128 * 1024;

/**
 * Lets people type Chinese in an address as it is: `curl 'http://…/api/search?q=贵阳高新区'` sends
 * bytes that Node's parser refuses; such a GET is answered as if they had been percent-encoded.
 * Any other malformed request is refused in a line of text.
 */
export function acceptRawUrls(server: Server): void {
  server.on('clientError', (error: ParserError, socket) => {
    const request =
      error.code === 'HPE_INVALID_URL' && socket instanceof Socket
        ? readRawRequest(error.rawPacket, socket)
        : null;
    if (request === null) {
      if (socket.writable) socket.end(refusal(error));
      else socket.destroy(error);
      return;
    }
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(request.socket);
    response.on('finish', () => socket.end());
    server.emit('request', request, response);
  });
}

function refusal({ code, rawPacket }: ParserError): string {
  const [status, message] =
    code === 'HPE_HEADER_OVERFLOW'
      ? [
          '431 Request Header Fields Too Large',
          `网址与请求头太长：合计最多 ${MAX_HEADER_BYTES / 1024} KB`,
        ]
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', '请求没有按时发完']
        : ['400 Bad Request', '请求无法识别'];
  return [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(message)}`,
    '',
    // What follows the answer to HEAD would be taken for the next answer.
    rawPacket?.toString('latin1', 0, 5) === 'HEAD ' ? '' : message,
  ].join('\r\n');
}

/** The bodiless request whose head the packet holds whole, its address percent-encoded; else null. */
function readRawRequest(packet: Buffer | undefined, socket: Socket): IncomingMessage | null {
  const head = packet?.toString('latin1') ?? '';
  const [requestLine = '', ...headerLines] = head.slice(0, head.indexOf('\r\n\r\n')).split('\r\n');
  const [method, url, version] = requestLine.split(' ');
  if (method !== 'GET' || url === undefined || version !== 'HTTP/1.1' || !head.endsWith('\r\n\r\n'))
    return null;
  const request = new IncomingMessage(socket);
  request.method = method;
  request.httpVersion = '1.1';
  request.httpVersionMajor = 1;
  request.httpVersionMinor = 1;
  request.url = url.replace(
    /[^\x21-\x7e]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  for (const line of headerLines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (colon > 0 && !(name in request.headers))
      request.headers[name] = line.slice(colon + 1).trim();
  }
  request.push(null);
  return request;
}
