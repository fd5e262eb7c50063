import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/**
 * A connection whose only request is given to the server's parser in other words. The parser that has
 * refused the original one reads no further from the socket.
 */
export class RewrittenConnection extends Duplex {
  readonly socket: Socket;

  constructor(socket: Socket, request: Buffer) {
    super();
    this.socket = socket;
    stopReading(socket);
    socket.on('error', (error) => this.destroy(error));
    socket.once('close', () => this.destroy());
    this.push(request);
  }

  get remoteAddress(): string | undefined {
    return this.socket.remoteAddress;
  }

  override _read(): void {
    // All there is to read was there at the beginning; an end would end the answer too.
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.socket.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.socket.destroySoon();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }
}

/** What else comes is not looked at, so that it cannot pass for a sign of life. */
export function stopReading(connection: Duplex): void {
  // Whoever listens for data takes it from the parser, and with it goes the parser's own listener.
  connection.on('data', () => undefined).removeAllListeners('data');
  connection.pause();
}

/** What the parser tells of a request that it refuses. */
export interface ParserError extends Error {
  readonly code?: string;
  /** Where in the packet it met what it refuses. */
  readonly bytesParsed?: number;
  readonly rawPacket?: Buffer;
}

/**
 * `GET /搜索 HTTP/1.1` → `GET /%E6%90%9C… HTTP/1.1`, after which the connection ends. Null unless the packet
 * is the head of one GET without a body and nothing else, from its first byte to its last.
 */
export function encodeRawUrl({ code, bytesParsed, rawPacket }: ParserError): Buffer | null {
  if (code !== 'HPE_INVALID_URL' || rawPacket === undefined) return null;
  const head = rawPacket.toString('latin1');
  // The end of a former request's body must not be taken for the beginning of this one.
  if (!/^GET [\x21-\x7e]*$/.test(head.slice(0, bytesParsed ?? 0))) return null;
  if (head.indexOf('\r\n\r\n') !== head.length - 4) return null;
  const [, url, headers] = /^GET ([^ \r\n]+) HTTP\/1\.1\r\n([^]*)$/.exec(head) ?? [];
  if (url === undefined || headers === undefined) return null;
  if (/^(?:content-length|transfer-encoding)[ \t]*:/im.test(headers)) return null;
  const encoded = url.replace(
    /[^\x21-\x7e]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return Buffer.from(`GET ${encoded} HTTP/1.1\r\nConnection: close\r\n${headers}`, 'latin1');
}
