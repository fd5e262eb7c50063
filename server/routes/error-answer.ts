import type { ErrorRequestHandler, Request, Response } from 'express';
import { SqliteError } from 'better-sqlite3';
import { z, ZodError } from 'zod';
import {
  isEngineError,
  isIndexMissing,
  suspectsCorruption,
} from '../../indexer/engine/engine-error.ts';
import { StoreBusyError } from '../../indexer/store/write-store.ts';
import { HttpError } from '../http/http-error.ts';
import { QuerySyntaxError } from '../query/query.ts';
import { QuotaError } from '../saved-searches/quota.ts';
import { QueryTooBroadError } from '../search/clause.ts';
import { EngineAnswerError } from '../search/engine-search.ts';
import { IndexNotReadyError } from '../search/engine-requests.ts';
import { VerificationBusyError } from '../search/verification-budget.ts';
import { WebhookAddressError } from '../webhooks/webhook-address.ts';

export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  /** The message sentence by sentence, when it has several. */
  readonly problems?: readonly string[];
}

/** Errors that say themselves what is wrong and what to do. */
const FORESEEN = [
  { type: QueryTooBroadError, status: 400, code: 'query-too-broad' },
  { type: WebhookAddressError, status: 400, code: 'webhook-address' },
  { type: VerificationBusyError, status: 503, code: 'busy' },
  { type: IndexNotReadyError, status: 503, code: 'index-not-ready' },
  { type: StoreBusyError, status: 503, code: 'store-busy' },
] as const;

/** Full, locked for long, or not to be read: not the fault of the request. */
const STORE_TROUBLE = /^SQLITE_(?:FULL|IOERR|BUSY|CANTOPEN|READONLY)/;

/** The one place where errors become HTTP. What is not foreseen is a 500 that tells nothing of the inside. */
export function toErrorAnswer(error: unknown): ErrorAnswer {
  if (error instanceof HttpError)
    return { status: error.status, code: error.code, message: error.message };
  if (error instanceof ZodError) {
    const problems = error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join('.')}：${message}`,
    );
    return { status: 400, code: 'invalid-request', message: problems.join('；'), problems };
  }
  if (error instanceof QuerySyntaxError) {
    const [message = '', ...place] = error.message.split('\n');
    return { status: 400, code: 'query-syntax', message, detail: place.join('\n') };
  }
  const foreseen = FORESEEN.find(({ type }) => error instanceof type);
  if (foreseen !== undefined) {
    const { status, code } = foreseen;
    return { status, code, message: (error as Error).message };
  }
  if (error instanceof QuotaError) return { status: 409, code: error.code, message: error.message };
  if (isIndexMissing(error))
    return {
      status: 503,
      code: 'index-not-ready',
      message: '索引不在了，正在从文章库重建，请稍后再试',
    };
  if (suspectsCorruption(error))
    return {
      status: 503,
      code: 'index-not-ready',
      message: '索引已损坏，正在从文章库重建，请稍后再试',
    };
  if (isEngineError(error) || error instanceof EngineAnswerError)
    return {
      status: 503,
      code: 'engine-unavailable',
      message: '检索引擎暂时不可用，正在自动恢复，请稍后再试',
    };
  if (error instanceof SqliteError && STORE_TROUBLE.test(error.code))
    return {
      status: 503,
      code: 'store-unavailable',
      message: '文章库暂时读写不了，可能是磁盘已满；请管理员腾出空间，之后会自动恢复',
    };
  const refusal = clientError(error);
  if (refusal !== null) return refusal;
  return { status: 500, code: 'internal', message: '服务内部出错，已记入日志' };
}

/** Errors that Express and its parsers raise for a bad request carry their own 4xx status. */
function clientError(error: unknown): ErrorAnswer | null {
  const parsed = clientErrorSchema.safeParse(error);
  if (!parsed.success) return null;
  const { status, type, limit } = parsed.data;
  if (status === 413 && limit !== undefined) {
    const message = `内容太长：最多 ${Math.floor(limit / 1024)} KB`;
    return { status, code: 'too-large', message };
  }
  const message =
    type === 'entity.parse.failed' ? '内容不是合格的 JSON' : '请求无法识别，请检查网址或内容';
  return { status, code: 'bad-request', message };
}

const clientErrorSchema = z.object({
  status: z.int().min(400).max(499),
  type: z.string().optional(),
  /** Bytes. */
  limit: z.number().optional(),
});

/** Answers with JSON below `/api`, with a page elsewhere. */
export function createErrorHandler(
  page: (answer: ErrorAnswer, request: Request, response: Response) => void,
): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    const { log } = request;
    if (response.destroyed) {
      log.debug('客户端未等回答就离开了');
      return;
    }
    const answer = toErrorAnswer(error);
    response.locals['errorCode'] = answer.code;
    // Said as often as there is no room, `busy` would bury what else is said.
    if (answer.code === 'index-not-ready' || answer.code === 'store-busy') log.warn(answer.message);
    else if (answer.status >= 500 && answer.code !== 'busy')
      log.error({ err: error }, answer.message);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (answer.status === 503) response.set('Retry-After', '2');
    response.status(answer.status);
    if (request.path.startsWith('/api/')) {
      const { status: _, problems: __, ...body } = answer;
      response.json({ error: body });
    } else {
      page(answer, request, response);
    }
  };
}
