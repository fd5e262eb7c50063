import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestService } from '../service-for-tests.ts';
import { startTestService } from '../service-for-tests.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

/** Sends the bytes as they are and returns all that comes back. */
function exchange(bytes: string): Promise<string> {
  const { hostname, port } = new URL(service.address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('an address typed in Chinese', () => {
  it('is answered as if it had been percent-encoded', async () => {
    const answer = await exchange(
      'GET /api/search?q=贵阳高新区&size=1 HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('"input":"贵阳高新区"');
  });

  it.each([
    'GET /搜索 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello',
    'POST /搜索 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET /搜索',
    '搜索\r\n\r\n',
  ])('gets a plain 400 when the rest of the request is odd: %j', async (bytes) => {
    expect(await exchange(bytes)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('gets no body after a refused HEAD, which would be taken for the next answer', async () => {
    const answer = await exchange('HEAD /搜索 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/\r\n\r\n$/);
  });
});
