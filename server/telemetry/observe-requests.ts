import type { RequestHandler } from 'express';
import { nanoid } from 'nanoid';
import onHeaders from 'on-headers';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Metrics } from './metrics.ts';
import { stageTimes, traceRequest } from '../http/request-trace.ts';

export interface ObservationOptions {
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Answers that take longer are logged with their query. */
  readonly slowQueryMs: number;
}

/**
 * Gives every request an id and a trace, and when it is answered, notes how. The id is told in
 * `X-Request-Id`, the stages in `Server-Timing`, where a browser's developer tools show them.
 */
export function observeRequests({
  log,
  metrics,
  slowQueryMs,
}: ObservationOptions): RequestHandler[] {
  const logRequest = pinoHttp({
    logger: log,
    genReqId: ({ headers }, response) => {
      const given = headers['x-request-id'];
      const id = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : nanoid(12);
      response.setHeader('X-Request-Id', id);
      return id;
    },
    // To be told to come again is an answer; its cause is logged where the answer is made.
    customLogLevel: (_request, { statusCode }, error) =>
      statusCode !== 503 && (error !== undefined || statusCode >= 500) ? 'error' : 'debug',
    serializers: {
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
        id,
        method,
        url,
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
  });

  const trace: RequestHandler = (request, response, next) => {
    const area = areaOf(request.path);
    traceRequest((noted) => {
      const tookMs = () => performance.now() - noted.started;
      onHeaders(response, () => {
        const stages = [...stageTimes(noted), ['total', tookMs()] as const];
        response.set(
          'Server-Timing',
          stages.map(([stage, ms]) => `${stage};dur=${ms.toFixed(2)}`).join(', '),
        );
      });
      response.on('finish', () => {
        const took = tookMs();
        const isSlow = noted.query !== null && took >= slowQueryMs;
        const { errorCode } = response.locals as { errorCode?: string };
        metrics.count({
          trace: noted,
          area,
          status: response.statusCode,
          tookMs: took,
          isSlow,
          errorCode,
        });
        if (isSlow)
          request.log.warn(
            {
              ...noted.query,
              tookMs: Math.round(took),
              stages: Object.fromEntries(
                stageTimes(noted).map(([stage, ms]) => [stage, Math.round(ms * 10) / 10]),
              ),
            },
            '检索较慢',
          );
      });
      next();
    });
  };
  return [logRequest, trace];
}

/** Parts of the site, by the beginning of the path; the first that fits counts. */
const AREAS = [
  '/api/search',
  '/api/suggest',
  '/api/export',
  '/api/saved-searches',
  '/api',
  '/search',
  '/articles',
  '/parks',
  '/compare',
  '/saved',
  '/s',
  '/help',
  '/admin',
  '/assets',
  '/healthz',
  '/readyz',
  '/metrics',
] as const;

/** The part of the site that a path belongs to, from a closed list: `/articles/x` → `/articles`. */
function areaOf(path: string): string {
  if (path === '/') return '/';
  return AREAS.find((area) => path === area || path.startsWith(`${area}/`)) ?? 'other';
}
