import type { Attack } from './attack.ts';
import { atOnce, between, pick } from './attack.ts';
import { exchange } from './raw-connection.ts';

const FLOODS: readonly ((size: number) => string)[] = [
  (size) => 'X-A: b\r\n'.repeat(size / 8),
  (size) => `X-Long: ${'a'.repeat(size)}\r\n`,
  (size) => `Cookie: ${'lang=en; '.repeat(size / 9)}\r\n`,
  (size) => `Cookie: ${'park-news-reader='.repeat(size / 17)}\r\n`,
  (size) => `Accept-Language: ${'zh;q=0.1,'.repeat(size / 9)}\r\n`,
  (size) => `Accept-Encoding: ${'gzip;q=0,'.repeat(size / 9)}\r\n`,
  (size) => `X-Forwarded-For: ${'1.2.3.4, '.repeat(size / 9)}\r\n`,
  (size) => `If-None-Match: ${'"x", W/'.repeat(size / 7)}\r\n`,
  (size) => `Authorization: Basic ${'A'.repeat(size)}\r\n`,
  (size) => `Range: bytes=${'0-1,'.repeat(size / 4)}\r\n`,
  (size) => `${'X'.repeat(size)}: a\r\n`,
  (size) => `Host: ${'[:'.repeat(size / 2)}\r\n`,
];
const PLACES = ['/search?q=a', '/', '/api/search?size=1', '/assets/style.css', '/admin', '/parks'];
const CONNECTIONS = 24;

/** Headers up to and beyond what the service takes, of kinds that are taken apart. */
export const headerFloods: Attack = {
  name: 'header floods',
  async run(target, random) {
    const requests = Array.from({ length: CONNECTIONS }, () => {
      const path = pick(PLACES, random);
      const flood = pick(FLOODS, random)(between(1_000, 200_000, random));
      return `GET ${path} HTTP/1.1\r\nHost: x\r\n${flood}\r\n`;
    });
    await atOnce(CONNECTIONS, async (client) => {
      const bytes = requests[client]!;
      const what = `${JSON.stringify(bytes.slice(0, 80))}… (${bytes.length})`;
      await exchange(target, { bytes, withinMs: 5_000, client, what });
    });
  },
};
