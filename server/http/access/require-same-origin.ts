import type { Request, RequestHandler } from 'express';
import { HttpError } from '../http-error.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes that a page from elsewhere has a reader's browser make, as the browser tells them: by
 * `Sec-Fetch-Site`, or by an `Origin` that is neither the host asked nor `PUBLIC_URL`. What is no browser
 * sends neither.
 */
export function requireSameOrigin(publicUrl: string | undefined): RequestHandler {
  const own = publicUrl === undefined ? null : new URL(publicUrl).origin;
  return (request, _response, next) => {
    if (!READING.has(request.method) && isForeign(request, own))
      throw new HttpError(
        403,
        'foreign-origin',
        '这一修改来自别的网站，没有执行；经代理访问时请把对外的网址设为 PUBLIC_URL',
      );
    next();
  };
}

function isForeign(request: Request, own: string | null): boolean {
  const origin = request.get('origin');
  if (origin !== undefined && origin === own) return false;
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  if (origin === undefined) return false;
  // The scheme may be that of a proxy with TLS.
  const host = URL.canParse(origin) ? new URL(origin).host : '';
  return host === '' || (host !== request.get('host') && host !== request.host);
}
