import { isIP } from 'node:net';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';

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
