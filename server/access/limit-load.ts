import type { RequestHandler } from 'express';
import { HttpError } from '../http-error.ts';

/** More at once would each wait for seconds; two cores answer some hundred searches a second. */
const MOST_AT_ONCE = 200;

/**
 * Turns requests away with 503 while so many are being answered, so that those which are let in are answered
 * in good time, whatever the rush.
 */
export function limitLoad(most: number = MOST_AT_ONCE): RequestHandler {
  let underWay = 0;
  return (_request, response, next) => {
    if (underWay >= most)
      throw new HttpError(503, 'busy', `同时有 ${most} 个请求正在处理，请过几秒再试`);
    underWay += 1;
    // A streamed export alone has as many listeners as Node thinks sane.
    response.setMaxListeners(response.getMaxListeners() + 1);
    response.once('close', () => (underWay -= 1));
    next();
  };
}
