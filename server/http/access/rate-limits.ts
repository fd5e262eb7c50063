import type { RequestHandler } from 'express';
import type { Options } from 'express-rate-limit';
import { rateLimit } from 'express-rate-limit';
import { HttpError } from '../http-error.ts';
import { clientAddress, clientKey, isLoopback } from './client-address.ts';

const WINDOW_MS = 60_000;
/** So many times fewer than of all requests: what writes, and what reads a whole list. */
const CHANGES_SHARE = 10;
const EXPORTS_SHARE = 20;
const LOGINS_SHARE = 10;

interface Limit {
  readonly perMinute: number;
  readonly what: string;
  readonly applies: (request: { readonly method: string; readonly path: string }) => boolean;
}

/**
 * How often a client (an IPv4 address, or the /56 of an IPv6 one) may ask, `perMinute` times all in all;
 * 0: as often as it likes. This machine itself is never limited.
 */
export function limitRates(perMinute: number): RequestHandler[] {
  return limitEach([
    { perMinute, what: '请求', applies: () => true },
    {
      perMinute: share(perMinute, CHANGES_SHARE),
      what: '保存与修改',
      applies: ({ method }) => method !== 'GET' && method !== 'HEAD',
    },
    {
      perMinute: share(perMinute, EXPORTS_SHARE),
      what: '导出',
      applies: ({ path }) => path === '/api/export',
    },
  ]);
}

/** How often a client that may ask `perMinute` times may come without the right token. */
export function limitLogins(perMinute: number): RequestHandler[] {
  return limitEach([
    { perMinute: share(perMinute, LOGINS_SHARE), what: '登录', applies: () => true },
  ]);
}

function share(perMinute: number, part: number): number {
  return perMinute === 0 ? 0 : Math.max(1, Math.round(perMinute / part));
}

function limitEach(limits: readonly Limit[]): RequestHandler[] {
  return limits.filter(({ perMinute }) => perMinute > 0).map(limiter);
}

function limiter({ perMinute, what, applies }: Limit): RequestHandler {
  const options: Partial<Options> = {
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => clientKey(clientAddress(request)),
    skip: (request) => isLoopback(clientAddress(request)) || !applies(request),
    handler: (_request, response, next) => {
      const seconds = response.get('Retry-After') ?? String(WINDOW_MS / 1000);
      next(
        new HttpError(
          429,
          'too-many-requests',
          `${what}太频繁：每分钟最多 ${perMinute} 次，请 ${seconds} 秒后再试`,
        ),
      );
    },
    // A proxy that TRUST_PROXY does not name counts as one client; the library would log each request.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
  };
  return rateLimit(options);
}
