import { createHmac } from 'node:crypto';
import type { RequestHandler } from 'express';
import { givenToken } from './given-token.ts';
import type { RefuseLogin } from './refuse-login.ts';
import { isSameSecret } from './same-secret.ts';

const COOKIE = 'park-news-reader';

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
    const token = givenToken(request);
    const [, cookie = ''] =
      /(?:^|; )park-news-reader=([\w-]+)/.exec(request.get('cookie') ?? '') ?? [];
    if (token !== undefined && tokens.some((one) => isSameSecret(token, one))) {
      if (!isSameSecret(cookie, pass))
        response.cookie(COOKIE, pass, { httpOnly: true, sameSite: 'lax', secure: request.secure });
    } else if (!isSameSecret(cookie, pass)) {
      refuseLogin(request, response, next, {
        realm: 'reader',
        message: '请以 READ_TOKEN 为口令登录，用户名任意',
      });
      return;
    }
    next();
  };
}
