import { once } from 'node:events';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import onHeaders from 'on-headers';
import { comeInTurn } from '../../../indexer/core/yield-to-event-loop.ts';
import { HttpError } from '../http-error.ts';
import { clientAddress, clientKey } from './client-address.ts';
import type { LeavePlace, Places } from './places.ts';

/** Work that nobody waits for any more ends by itself; a place is not kept for ever by work that does not. */
const ENDS_WITHIN_MS = 10_000;

/** Two cores are busy with a handful of searches; more at once would each take longer, and none come sooner. */
export const PLACE_LIMITS = { most: 16, share: 8, mostWaiting: 1_000, patienceMs: 2_000 };
/** Lists go on for long: they have places of their own, so that a crowd of them stands in no page's way. */
export const EXPORT_LIMITS = { ...PLACE_LIMITS, most: 4, share: 2 };

export interface LoadLimit {
  /** Before the work: lets a request on when it has a place. */
  readonly enter: RequestHandler;
  /** After it: an error ends the work. */
  readonly leave: ErrorRequestHandler;
}

/**
 * Has requests take their turn at the places, and turns away with 503 who waits too long. A place is for the
 * work alone: it is free again when the answer begins, however slowly it is read.
 */
export function limitLoad(places: Places): LoadLimit {
  const leaves = new WeakMap<Response, LeavePlace>();
  return {
    async enter(request, response, next) {
      const leave = await takePlace(places, request, response);
      leaves.set(response, leave);
      onHeaders(response, leave);
      response.once('close', () => {
        if (!response.headersSent) setTimeout(leave, ENDS_WITHIN_MS).unref();
      });
      await comeInTurn();
      next();
    },
    leave(error: unknown, _request, response, next) {
      leaves.get(response)?.();
      next(error);
    },
  };
}

/**
 * A place for the work that a request needs, once the answers before it on its connection are given.
 * @throws HttpError 503 when there was none in time, however long that is.
 */
export async function takePlace(
  places: Places,
  request: Request,
  response: Response,
  patienceMs?: number,
): Promise<LeavePlace> {
  const gone = new AbortController();
  const go = () => gone.abort();
  if (response.destroyed) go();
  response.once('close', go);
  try {
    // Nobody reads an answer before those that were asked for before it.
    if (response.socket === null) await once(response, 'socket', { signal: gone.signal });
    const client = clientKey(clientAddress(request));
    const leave = await places.take(client, gone.signal, patienceMs);
    if (leave === null) throw new HttpError(503, 'busy', '同时有太多请求正在处理，请过几秒再试');
    return leave;
  } finally {
    response.removeListener('close', go);
  }
}
