import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import ipaddr from 'ipaddr.js';

/** An IPv6 client can take any address of such a network. */
const IPV6_NETWORK = 56;

/**
 * The address of the client, without port, brackets or zone, which some proxies add in `X-Forwarded-For`; what
 * is no address at all is one and the same client, `unknown`.
 */
export function clientAddress(request: Pick<Request, 'ip'>): string {
  const given = request.ip ?? '';
  const [, bracketed, beforePort] = /^(?:\[([^\]]*)\].*|([^:]+):[^:]*)$/.exec(given) ?? [];
  const [address = ''] = (bracketed ?? beforePort ?? given).split('%');
  return isIP(address) === 0 ? 'unknown' : address;
}

/** What counts as one client: an IPv4 address, or the /56 of an IPv6 one. */
export function clientKey(address: string): string {
  return ipKeyGenerator(address, IPV6_NETWORK);
}

/** Whether an address or a host name, without a port, means this machine and nothing else. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare.toLowerCase() === 'localhost') return true;
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback';
}

/** The service would be open to others, and nothing would guard what is not for them. */
class UnguardedHostError extends Error {
  override readonly name = 'UnguardedHostError';
}

/**
 * Refuses to be reached from elsewhere without an `ADMIN_TOKEN`.
 * @throws UnguardedHostError when the host is not this machine's own, and there is no token.
 */
export async function requireGuardedHost(
  host: string,
  adminToken: string | undefined,
): Promise<void> {
  if (adminToken !== undefined || isLoopback(host)) return;
  const addresses = ipaddr.isValid(host) ? [] : await lookup(host, { all: true }).catch(() => []);
  if (addresses.length > 0 && addresses.every(({ address }) => isLoopback(address))) return;
  throw new UnguardedHostError(
    `HOST=${host} 会让其他机器也能访问，但没有设置 ADMIN_TOKEN，所以没有启动。\n` +
      '只在本机使用：去掉 HOST（默认 127.0.0.1）。对外开放：在 .env 里设置 ADMIN_TOKEN（至少 16 个字符，可用 openssl rand -hex 24 生成）；不想让所有人都能检索，再设 READ_TOKEN。',
  );
}
