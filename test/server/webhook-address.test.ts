import fc from 'fast-check';
import type { Resolver } from 'node:dns/promises';
import { describe, expect, it } from 'vitest';
import {
  checkWebhookUrl,
  isPublic,
  parseWebhookUrl,
  publicLookup,
} from '../../server/webhooks/webhook-address.ts';
import { startNameServer } from './dns-for-tests.ts';

describe('isPublic', () => {
  it.each([
    '93.184.216.34',
    '::ffff:93.184.216.34',
    '2606:2800:220:1:248:1893:25c8:1946',
    '2400:3200::1',
  ])('takes %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });
  it.each([
    ...['127.0.0.1', '10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.1.1', '100.64.0.1'],
    ...['0.0.0.0', '224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '198.51.100.1'],
    ...['203.0.113.1', '240.0.0.1', '192.0.0.1', '::', '::1', 'fe80::1', 'fe80::1%eth0'],
    ...['fc00::1', 'fec0::1', 'ff02::1', '::ffff:127.0.0.1', '::127.0.0.1', '::808:808'],
    ...['::ffff:0:127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::7f00:1', '2002:7f00:1::'],
    ...['2001:0:7f00:1::', '2001:db8::1', '3fff::1', '100::1', '5f00::1', '4000::1', 'no address'],
  ])('refuses %s', (address) => {
    expect(isPublic(address)).toBe(false);
  });
  it('refuses what is this machine’s own, however it is written', () => {
    expect(isPublic('93.184.216.34', ['93.184.216.34'])).toBe(false);
    expect(isPublic('::ffff:5db8:d822', ['93.184.216.34'])).toBe(false);
    expect(isPublic('2400:3200:0::1', ['2400:3200::1'])).toBe(false);
  });
});

type Four = readonly [number, number, number, number];
const byte = fc.nat(255);
const four = (...parts: (number | fc.Arbitrary<number>)[]): fc.Arbitrary<Four> =>
  fc.tuple(...parts.map((part) => (typeof part === 'number' ? fc.constant(part) : part))) as never;
const innerFour = fc.oneof(
  ...[0, 10, 127].map((first) => four(first, byte, byte, byte)),
  four(169, 254, byte, byte),
  four(172, fc.integer({ min: 16, max: 31 }), byte, byte),
  four(192, 168, byte, byte),
  four(192, 0, fc.constantFrom(0, 2), byte),
  four(100, fc.integer({ min: 64, max: 127 }), byte, byte),
  four(198, fc.constantFrom(18, 19), byte, byte),
  four(198, 51, 100, byte),
  four(203, 0, 113, byte),
  four(fc.integer({ min: 224, max: 255 }), byte, byte, byte),
);
const anyFour = four(byte, byte, byte, byte);

const numberForms: ((value: number) => string)[] = [
  String,
  (value) => `0${value.toString(8)}`,
  (value) => `0x${value.toString(16)}`,
  (value) => `0X000${value.toString(16).toUpperCase()}`,
];
const disguises: ((host: string) => string)[] = [
  (host) => host,
  (host) => `${host}.`,
  (host) => host.replaceAll('.', '。'),
  (host) => host.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  (host) => host.replace(/\d/g, (digit) => `%3${digit}`),
];
/** `127.0.0.1`, `0x7f.0.1`, `017700000001` … */
const writtenFour = fc
  .tuple(
    innerFour,
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.constantFrom(...numberForms), { minLength: 4, maxLength: 4 }),
    fc.constantFrom(...disguises),
  )
  .map(([parts, count, forms, disguise]) => {
    const last = parts.slice(count - 1).reduce((sum, part) => sum * 256 + part, 0);
    const written = [...parts.slice(0, count - 1), last].map((part, at) => forms[at]!(part));
    return disguise(written.join('.'));
  });

const hex = (parts: Four) => {
  const word = (high: number, low: number) => (high * 256 + low).toString(16);
  return `${word(parts[0], parts[1])}:${word(parts[2], parts[3])}`;
};
const rest = fc
  .array(fc.nat(0xffff), { minLength: 6, maxLength: 6 })
  .map((words) => words.map((word) => word.toString(16)).join(':'));
const writtenSix = fc
  .oneof(
    innerFour.map((parts) => `::ffff:${parts.join('.')}`),
    innerFour.map((parts) => `0:0:0:0:0:FFFF:${hex(parts)}`),
    anyFour.map((parts) => `::${parts.join('.')}`),
    anyFour.map((parts) => `::${hex(parts)}`),
    anyFour.map((parts) => `::ffff:0:${hex(parts)}`),
    anyFour.map((parts) => `64:ff9b::${parts.join('.')}`),
    anyFour.map((parts) => `64:ff9b:1::${hex(parts)}`),
    fc.tuple(anyFour, fc.nat(0xffff)).map(([parts, n]) => `2002:${hex(parts)}::${n.toString(16)}`),
    anyFour.map((parts) => `2001:0:${hex(parts)}::1`),
    anyFour.map((parts) => `2001:0:1:2:3:4:${hex(parts)}`),
    rest.map((words) => `2001:db8:${words}`),
    fc
      .tuple(fc.constantFrom('fc', 'fd', 'fe', 'ff'), byte, rest, fc.nat(0xffff))
      .map(([start, low, words, last]) => {
        return `${start}${low.toString(16).padStart(2, '0')}:${words}:${last.toString(16)}`;
      }),
  )
  .chain((address) => fc.constantFrom(`[${address}]`, `[${address.toUpperCase()}]`));

describe('parseWebhookUrl', () => {
  it('refuses every address that leads inside, however it is written', () => {
    const url = fc
      .tuple(fc.oneof(writtenFour, writtenSix), fc.constantFrom('', ':80', ':8080'))
      .map(([host, port]) => `http://${host}${port}/hook`);
    fc.assert(
      fc.property(url, (address) => {
        expect(() => parseWebhookUrl(address, false), address).toThrow('内部网络');
      }),
      { numRuns: 3_000, examples: [['http://[::127.0.0.1]/'], ['http://0177.1/']] },
    );
  });

  it.each([
    'http://[fe80::1%25eth0]/',
    'ftp://example.com/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '//example.com/',
    'http://user@example.com/',
    'http://:secret@example.com/',
    'http://example.com:25/',
    'http://example.com:22/',
    'https://example.com:0/',
  ])('refuses %s', (address) => {
    expect(() => parseWebhookUrl(address, false)).toThrow('推送网址');
  });

  it.each(['https://example.com/a?b=c', 'http://example.com:8080/', 'http://93.184.216.34/'])(
    'takes %s',
    (address) => {
      expect(parseWebhookUrl(address, false).href).toBe(address);
    },
  );
});

const connecting = (allowPrivate: boolean, host: string, resolver?: Resolver) =>
  new Promise((resolve, reject) => {
    publicLookup(allowPrivate, resolver)(host, { all: true }, (error, addresses) =>
      error === null ? resolve(addresses) : reject(error),
    );
  });

describe('a name', () => {
  it('is asked for again at the moment of connecting, and may then lead nowhere else', async () => {
    const { resolver, stop } = await startNameServer([
      ['93.184.216.34'],
      ['127.0.0.1'],
      ['93.184.216.34', '10.0.0.1'],
      [],
    ]);
    const connect = () => connecting(false, 'rebinding.example', resolver);
    expect(await connect()).toEqual([{ address: '93.184.216.34', family: 4 }]);
    await expect(connect()).rejects.toThrow('内部网络');
    await expect(connect()).rejects.toThrow('内部网络');
    await expect(connect()).rejects.toThrow('查不到');
    stop();
  });

  it.each(['localhost', 'localhost.', 'LOCALHOST', 'a.b.localhost'])(
    'of this machine is refused: %s',
    async (host) => {
      await expect(connecting(false, host)).rejects.toThrow('内部网络');
      await expect(checkWebhookUrl(`http://${host}/`, false)).rejects.toThrow('内部网络');
    },
  );

  it('of this machine is called where that is allowed', async () => {
    expect(await connecting(true, 'localhost')).not.toEqual([]);
  });
});
