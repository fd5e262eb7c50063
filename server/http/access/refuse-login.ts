import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { HttpError } from '../http-error.ts';
import { clientAddress } from './client-address.ts';
import { givenToken } from './given-token.ts';

/** Answers a request whose token is missing or wrong. */
export type RefuseLogin = (
  request: Request,
  response: Response,
  next: NextFunction,
  asked: { readonly realm: string; readonly message: string },
) => void;

/** Asks for a login with 401, as often as the limits let it; a wrong token is noted in the log. */
export function createLoginRefusal(limits: readonly RequestHandler[]): RefuseLogin {
  return (request, response, next, { realm, message }) => {
    response.set({
      'WWW-Authenticate': `Basic realm="${realm}", charset="UTF-8"`,
      'Cache-Control': 'no-store',
    });
    const refuse = (error?: unknown) => {
      if (error === undefined && givenToken(request) !== undefined) noteFailedLogin(request);
      next(error ?? new HttpError(401, 'unauthorized', message));
    };
    const [limit] = limits;
    if (limit === undefined) refuse();
    else void limit(request, response, refuse);
  };
}

/** Notes in the log who gave a wrong token and where; never the token. */
export function noteFailedLogin(request: Request): void {
  const [path] = request.originalUrl.split('?');
  request.log.warn({ client: clientAddress(request), path }, '登录失败：口令不对');
}
