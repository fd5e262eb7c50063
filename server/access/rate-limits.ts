import type { RequestHandler } from 'express';
import type { Options } from 'express-rate-limit';
import { rateLimit } from 'express-rate-limit';
import { HttpError } from '../http-error.ts';
import { isLoopback } from './loopback.ts';

const WINDOW_MS = 60_000;
/** So many times fewer than of all requests: what writes, and what reads a whole list. */
const CHANGES_SHARE = 10;
const EXPORTS_SHARE = 20;

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
  if (perMinute === 0) return [];
  const share = (part: number) => Math.max(1, Math.round(perMinute / part));
  const limits: Limit[] = [
    { perMinute, what: '请求', applies: () => true },
    {
      perMinute: share(CHANGES_SHARE),
      what: '保存与修改',
      applies: ({ method }) => method !== 'GET' && method !== 'HEAD',
    },
    {
      perMinute: share(EXPORTS_SHARE),
      what: '导出',
      applies: ({ path }) => path === '/api/export',
    },
  ];
  return limits.map(limiter);
}

function limiter({ perMinute, what, applies }: Limit): RequestHandler {
  const options: Partial<Options> = {
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: (request) => isLoopback(request.ip ?? '') || !applies(request),
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
