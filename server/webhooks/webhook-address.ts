import { lookup, Resolver } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import { bulkhead } from 'cockatiel';
import ipaddr from 'ipaddr.js';

/** An address to which nothing is sent; the message says why, in Chinese. */
export class WebhookAddressError extends Error {
  override readonly name = 'WebhookAddressError';
}

/** Those below have services of their own, which must not be spoken to in HTTP: mail, remote login. */
const FIRST_FREE_PORT = 1024;

const DNS_WITHIN = { timeout: 2_000, tries: 2 };

/** The system's own lookup holds one of four threads, which files and compression need too, until DNS answers. */
const fewSystemLookups = bulkhead(1, 100);

/**
 * The address as a URL, when it may be called as far as can be seen without asking for its host's name: http or
 * https, and no number that leads inside. A service inside a network must not be made to knock on its
 * neighbours' doors.
 * @throws WebhookAddressError
 */
export function parseWebhookUrl(address: string, allowPrivate: boolean): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new WebhookAddressError('推送网址应以 http:// 或 https:// 开头');
  if (url.username !== '' || url.password !== '')
    throw new WebhookAddressError('推送网址里不能有用户名和密码');
  const port = url.port === '' ? FIRST_FREE_PORT : Number(url.port);
  if (!allowPrivate && port < FIRST_FREE_PORT && port !== 80 && port !== 443)
    throw new WebhookAddressError('推送网址的端口只能是 80、443 或 1024 以上的');
  const host = hostOf(url);
  if (isIP(host) !== 0) requirePublic(host, [host], allowPrivate);
  return url;
}

/**
 * The same once the host's name has been asked for too.
 * @throws WebhookAddressError
 */
export async function checkWebhookUrl(address: string, allowPrivate: boolean): Promise<URL> {
  const url = parseWebhookUrl(address, allowPrivate);
  if (isIP(hostOf(url)) === 0) await resolve(hostOf(url), allowPrivate, createResolver());
  return url;
}

/**
 * Name resolution that answers with permitted addresses only, for the connection itself: a name that
 * was checked before may lead elsewhere a moment later.
 */
export function publicLookup(
  allowPrivate: boolean,
  resolver: Resolver = createResolver(),
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, allowPrivate, resolver).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) callback(null, addresses);
        else callback(null, first!.address, first!.family);
      },
      (error: unknown) => callback(error as Error, ''),
    );
  };
}

/** Whether an address, in whatever notation, is one of the open internet and not of this machine. */
export function isPublic(address: string, own: readonly string[] = ownAddresses()): boolean {
  if (!ipaddr.isValid(address)) return false;
  const meant = ipaddr.process(address);
  if (meant.range() !== 'unicast' || own.includes(meant.toString())) return false;
  // Only these have been given out; ::127.0.0.1 and its like are "unicast" too.
  return meant instanceof ipaddr.IPv4 || meant.match(ipaddr.IPv6.parse('2000::'), 3);
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.map(({ address }) => ipaddr.process(address).toString()),
  );
}

/** An IPv6 address stands in brackets in a URL. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function createResolver(): Resolver {
  return new Resolver(DNS_WITHIN);
}

async function resolve(
  hostname: string,
  allowPrivate: boolean,
  resolver: Resolver,
): Promise<LookupAddress[]> {
  const found = await (allowPrivate ? systemAddresses(hostname) : dnsAddresses(hostname, resolver));
  if (found.length === 0) throw new WebhookAddressError(`查不到推送网址的主机名 ${hostname}`);
  requirePublic(
    hostname,
    found.map(({ address }) => address),
    allowPrivate,
  );
  return found;
}

function requirePublic(host: string, addresses: readonly string[], allowPrivate: boolean): void {
  if (allowPrivate || addresses.every((address) => isPublic(address))) return;
  throw new WebhookAddressError(`推送网址 ${host} 指向本机或内部网络，不能使用`);
}

/** With the names that only this machine or its network knows. */
async function systemAddresses(hostname: string): Promise<LookupAddress[]> {
  return fewSystemLookups.execute(() => lookup(hostname, { all: true })).catch(() => []);
}

/** IPv4 first. */
async function dnsAddresses(hostname: string, resolver: Resolver): Promise<LookupAddress[]> {
  if (/(?:^|\.)localhost\.?$/i.test(hostname)) return [{ address: '127.0.0.1', family: 4 }];
  const none = (): string[] => [];
  const [four, six] = await Promise.all([
    resolver.resolve4(hostname).catch(none),
    resolver.resolve6(hostname).catch(none),
  ]);
  return [
    ...four.map((address) => ({ address, family: 4 })),
    ...six.map((address) => ({ address, family: 6 })),
  ];
}
