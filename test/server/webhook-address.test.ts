import { describe, expect, it } from 'vitest';
import { isPublic, publicLookup } from '../../server/webhooks/webhook-address.ts';

describe('isPublic', () => {
  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('takes %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });
  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'no address',
  ])('refuses %s', (address) => {
    expect(isPublic(address)).toBe(false);
  });
});

describe('publicLookup', () => {
  // A name that was harmless when it was checked may lead inside when the connection is made.
  it('refuses at the moment of connecting', async () => {
    const looked = (allowPrivate: boolean) =>
      new Promise((resolve, reject) => {
        publicLookup(allowPrivate)('localhost', { all: true }, (error, addresses) =>
          error === null ? resolve(addresses) : reject(error),
        );
      });
    await expect(looked(false)).rejects.toThrow('内部网络');
    expect(await looked(true)).not.toEqual([]);
  });
});
