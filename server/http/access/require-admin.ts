import type { RequestHandler } from 'express';
import { HttpError } from '../http-error.ts';
import { givenToken } from './given-token.ts';
import { isLoopback } from './loopback.ts';
import type { RefuseLogin } from './refuse-login.ts';
import { isSameSecret } from './same-secret.ts';

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
    if (adminToken === undefined) {
      // Behind a proxy every request comes from this machine; and a page from elsewhere that had its
      // own name lead here would come under that name.
      const isFromHere =
        isLoopback(request.socket.remoteAddress ?? '') &&
        request.get('x-forwarded-for') === undefined &&
        isLoopback(request.hostname);
      if (!isFromHere)
        throw new HttpError(403, 'forbidden', '没有设置 ADMIN_TOKEN，管理页只在本机可用');
    } else if (!isSameSecret(givenToken(request) ?? '', adminToken)) {
      refuseLogin(request, response, next, {
        realm: 'admin',
        message: '请以 ADMIN_TOKEN 为口令登录，用户名任意',
      });
      return;
    }
    next();
  };
}
