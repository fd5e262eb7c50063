import {
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual as timingSafeEqualBytes,
} from 'node:crypto';
import { join } from 'node:path';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { writeAtomically } from '../../../indexer/core/write-atomically.ts';
import { readIfExists } from '../../../indexer/engine/engine-folder.ts';
import { HttpError } from '../http-error.ts';
import { clientAddress, clientKey, isLoopback } from './client-address.ts';
import { limitLogins } from './rate-limits.ts';

const COOKIE = 'park-news-reader';

/** Whether both are the same, in a time that tells nothing of where they differ or how long they are. */
export function timingSafeEqual(given: string, expected: string): boolean {
  return timingSafeEqualBytes(digest(given), digest(expected));
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}

/** The token that a request carries: as the password of a login, under any name, or as a bearer token. */
function tokenOf(request: Request): string | undefined {
  const [, scheme, value = ''] =
    /^(Basic|Bearer) (\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
  if (scheme === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  return Buffer.from(value, 'base64')
    .toString()
    .replace(/^[^:]*:/, '');
}

/** Answers a request whose token is missing or wrong. */
export type RefuseLogin = (
  request: Request,
  response: Response,
  next: NextFunction,
  realm: keyof typeof LOGIN_MESSAGES,
) => void;

const LOGIN_MESSAGES = {
  admin: '请以 ADMIN_TOKEN 为口令登录，用户名任意',
  reader: '请以 READ_TOKEN 为口令登录，用户名任意',
};

/**
 * Asks for a login with 401, as often as a client may try that may ask `perMinute` times; a wrong token is
 * noted in the log.
 */
export function createLoginRefusal(perMinute: number): RefuseLogin {
  const [limit] = limitLogins(perMinute);
  return (request, response, next, realm) => {
    response.set({
      'WWW-Authenticate': `Basic realm="${realm}", charset="UTF-8"`,
      'Cache-Control': 'no-store',
    });
    const refuse = (error?: unknown) => {
      if (error === undefined && tokenOf(request) !== undefined) noteFailedLogin(request);
      next(error ?? new HttpError(401, 'unauthorized', LOGIN_MESSAGES[realm]));
    };
    if (limit === undefined) refuse();
    else void limit(request, response, refuse);
  };
}

/** Notes in the log who gave a wrong token and where; never the token. */
export function noteFailedLogin(request: Request): void {
  const [path] = request.originalUrl.split('?');
  request.log.warn({ client: clientAddress(request), path }, '登录失败：口令不对');
}

/**
 * Lets through whoever has `ADMIN_TOKEN`; without one configured, this machine only. Stands before
 * everything that changes the corpus or tells of files of the disk or of what the service does.
 */
export function requireAdmin(
  adminToken: string | undefined,
  refuseLogin: RefuseLogin,
): RequestHandler {
  return (request, response, next) => {
    response.set('Cache-Control', 'no-store');
    if (adminToken !== undefined) {
      if (timingSafeEqual(tokenOf(request) ?? '', adminToken)) next();
      else refuseLogin(request, response, next, 'admin');
      return;
    }
    // Behind a proxy every request comes from this machine; and a page from elsewhere that had its
    // own name lead here would come under that name.
    const isFromHere =
      isLoopback(request.socket.remoteAddress ?? '') &&
      request.get('x-forwarded-for') === undefined &&
      isLoopback(request.hostname);
    if (!isFromHere)
      throw new HttpError(403, 'forbidden', '没有设置 ADMIN_TOKEN，管理页只在本机可用');
    next();
  };
}

/**
 * With `READ_TOKEN` set, lets through whoever has it, or `ADMIN_TOKEN`. Who has shown it gets a cookie
 * that stands for it: a request that changes a saved search carries that search's token where the
 * login would stand. The cookie is made from the token and cannot be turned back into it.
 */
export function requireReader(
  readToken: string | undefined,
  adminToken: string | undefined,
  refuseLogin: RefuseLogin,
): RequestHandler {
  if (readToken === undefined) return (_request, _response, next) => next();
  const pass = createHmac('sha256', readToken).update(COOKIE).digest('base64url');
  const tokens = [readToken, ...(adminToken === undefined ? [] : [adminToken])];

  return (request, response, next) => {
    const token = tokenOf(request);
    const [, cookie = ''] =
      /(?:^|; )park-news-reader=([\w-]+)/.exec(request.get('cookie') ?? '') ?? [];
    const hasCookie = timingSafeEqual(cookie, pass);
    const hasToken = token !== undefined && tokens.some((one) => timingSafeEqual(token, one));
    if (hasToken && !hasCookie)
      response.cookie(COOKIE, pass, { httpOnly: true, sameSite: 'lax', secure: request.secure });
    if (hasToken || hasCookie) next();
    else refuseLogin(request, response, next, 'reader');
  };
}

/** Whose quota a request uses: the same clients as those of the rate limits; null: an administrator, who has none. */
export type QuotaClient = (request: Request) => string | null;

/**
 * An address says where a person is, so only its keyed hash is kept. The key lies beside the store and not in
 * it: a backup does not carry it. Who has shown `ADMIN_TOKEN` is an administrator.
 */
export function createQuotaClient(dataDir: string, adminToken: string | undefined): QuotaClient {
  const file = join(dataDir, 'client-key');
  const key = readIfExists(file) ?? randomBytes(32).toString('base64url');
  writeAtomically(file, key, 0o600);
  return (request) => {
    if (adminToken !== undefined && timingSafeEqual(tokenOf(request) ?? '', adminToken))
      return null;
    return createHmac('sha256', key)
      .update(clientKey(clientAddress(request)))
      .digest('base64url');
  };
}
