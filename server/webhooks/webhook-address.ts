import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address to which nothing is sent; the message says why, in Chinese. */
export class WebhookAddressError extends Error {
  override readonly name = 'WebhookAddressError';
}

/**
 * The address as a URL, when it is one that may be called: http or https, on the open internet. A
 * service inside a network must not be made to knock on its neighbours' doors.
 * @throws WebhookAddressError
 */
export async function checkWebhookUrl(address: string, allowPrivate: boolean): Promise<URL> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new WebhookAddressError('推送网址应以 http:// 或 https:// 开头');
  if (url.username !== '' || url.password !== '')
    throw new WebhookAddressError('推送网址里不能有用户名和密码');
  // An IPv6 address stands in brackets in a URL.
  await resolvePublic(url.hostname.replace(/^\[|\]$/g, ''), allowPrivate);
  return url;
}

/**
 * Name resolution that answers with permitted addresses only, for the connection itself: a name that
 * was checked before may lead elsewhere a moment later.
 */
export function publicLookup(allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolvePublic(hostname, allowPrivate).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) callback(null, addresses);
        else callback(null, first!.address, first!.family);
      },
      (error: unknown) => callback(error as Error, ''),
    );
  };
}

async function resolvePublic(hostname: string, allowPrivate: boolean) {
  const addresses = await resolve(hostname);
  if (addresses.length === 0) throw new WebhookAddressError(`查不到推送网址的主机名 ${hostname}`);
  if (!allowPrivate && !addresses.every(({ address }) => isPublic(address)))
    throw new WebhookAddressError(`推送网址 ${hostname} 指向本机或内部网络，不能使用`);
  return addresses;
}

async function resolve(hostname: string) {
  const family = isIP(hostname);
  if (family !== 0) return [{ address: hostname, family }];
  try {
    return await lookup(hostname, { all: true });
  } catch (cause) {
    throw new WebhookAddressError(`查不到推送网址的主机名 ${hostname}`, { cause });
  }
}

/** Neither private, loopback, link-local, shared, reserved nor multicast, in whatever notation. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}
