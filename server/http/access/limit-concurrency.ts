import { once } from 'node:events';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import onHeaders from 'on-headers';
import { takeFirstTurn } from '../../../indexer/core/yield-to-event-loop.ts';
import { HttpError } from '../http-error.ts';
import { clientAddress, clientKey } from './client-address.ts';

/** Work that nobody waits for any more ends by itself; a place is not kept for ever by work that does not. */
const ENDS_WITHIN_MS = 10_000;

/** How much is worked at, at once. */
export interface PlaceLimits {
  /** In all. */
  readonly most: number;
  /** For one client. */
  readonly share: number;
  /** Waiting, in all. */
  readonly mostWaiting: number;
  /** How long a request waits for its turn before it is turned away. */
  readonly patienceMs: number;
}

/** Two cores are busy with a handful of searches; more at once would each take longer, and none come sooner. */
export const PLACE_LIMITS = { most: 16, share: 8, mostWaiting: 1_000, patienceMs: 2_000 };
/** Lists go on for long: they have places of their own, so that a crowd of them stands in no page's way. */
export const EXPORT_LIMITS = { ...PLACE_LIMITS, most: 4, share: 2 };

/** Gives the place back; again and again does no harm. */
export type LeavePlace = () => void;

export type Places = ReturnType<typeof createPlaces>;

interface Client {
  running: number;
  readonly waiting: Set<() => void>;
}

/**
 * Places for work. Who finds none free, or has its share of them, waits; the places that become free go round
 * among the clients that wait, in each to the request that has waited longest.
 */
export function createPlaces({ most, share, mostWaiting, patienceMs }: PlaceLimits) {
  /** Those with work, the one whose turn was last at the end. */
  const clients = new Map<string, Client>();
  let running = 0;
  let waiting = 0;

  /**
   * A place at once, or when it is the client's turn; null when none came in time or too many wait, or
   * when the signal has said that nobody wants it any more. With infinite patience only the signal ends
   * the waiting.
   */
  async function take(
    name: string,
    signal?: AbortSignal,
    patience = patienceMs,
  ): Promise<LeavePlace | null> {
    const client = clients.get(name) ?? { running: 0, waiting: new Set() };
    clients.set(name, client);
    if (running < most && client.running < share) return enter(name, client);
    if (waiting >= mostWaiting || signal?.aborted === true) return null;
    return new Promise((resolve) => {
      const timer = Number.isFinite(patience) ? setTimeout(giveUp, patience) : undefined;
      signal?.addEventListener('abort', giveUp);
      client.waiting.add(begin);
      waiting += 1;

      function begin(): void {
        stopWaiting();
        resolve(enter(name, client));
      }
      function giveUp(): void {
        stopWaiting();
        forget(name, client);
        resolve(null);
      }
      function stopWaiting(): void {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        client.waiting.delete(begin);
        waiting -= 1;
      }
    });
  }

  function enter(name: string, client: Client): LeavePlace {
    running += 1;
    client.running += 1;
    clients.delete(name);
    clients.set(name, client);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      running -= 1;
      client.running -= 1;
      forget(name, client);
      callNext();
    };
  }

  function callNext(): void {
    for (const client of clients.values()) {
      const [begin] = client.running < share ? client.waiting : [];
      if (begin === undefined) continue;
      begin();
      return;
    }
  }

  function forget(name: string, client: Client): void {
    if (client.running === 0 && client.waiting.size === 0) clients.delete(name);
  }

  return { take };
}

/**
 * Has requests take their turn at the places, and turns away with 503 who waits too long. A place is for the
 * work alone: it is free again when the answer begins, however slowly it is read. `enter` stands before the
 * work, and `leave` after it, where an error ends the work.
 */
export function limitConcurrency(places: Places) {
  const leaves = new WeakMap<Response, LeavePlace>();
  const enter: RequestHandler = async (request, response, next) => {
    const leave = await takePlace(places, request, response);
    leaves.set(response, leave);
    onHeaders(response, leave);
    response.once('close', () => {
      if (!response.headersSent) setTimeout(leave, ENDS_WITHIN_MS).unref();
    });
    await takeFirstTurn();
    next();
  };
  const leave: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    leaves.get(response)?.();
    next(error);
  };
  return { enter, leave };
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
