import { MeilisearchApiError, MeilisearchError, MeilisearchRequestError } from 'meilisearch';

/** What goes wrong with an engine, and whether the same call may work later without anybody doing anything. */
const IS_RETRYABLE = {
  /** No engine to start, or this machine cannot run it. */
  'no-binary': false,
  /** The bundled binary is not the file we checked. */
  'digest-mismatch': false,
  /** Nobody answers (in time). */
  unreachable: true,
  /** Somebody answers, but not as Meilisearch does. */
  'bad-answer': true,
  /** The engine answers, but refuses our key. */
  'wrong-key': false,
  /** The engine is too old. */
  'unsupported-version': false,
  /** Our engine does not come up. */
  'start-failed': false,
  /** The folder cannot be read or written, or the disk is full. */
  'data-dir': false,
  /** The engine at MEILI_URL has damaged data, which are not ours to discard. */
  'damaged-data': false,
  /** Another process of ours is just starting or stopping the engine. */
  busy: true,
  /** The engine refused a task. */
  task: false,
  /** The engine lists our keys and refuses them: what it knows of keys is damaged. */
  'dead-keys': false,
  /** Tasks wait, but the engine works on none. */
  stalled: false,
  /** The engine has finished all tasks of a new index, and documents are missing. */
  incomplete: true,
} as const;

export type EngineErrorKind = keyof typeof IS_RETRYABLE;

/** Base of everything that can go wrong with the engine. The message is Chinese and names a remedy. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError';
  readonly kind: EngineErrorKind;

  constructor(kind: EngineErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }

  get retryable(): boolean {
    return IS_RETRYABLE[this.kind];
  }
}

/** There is no engine to start on this machine; the message lists the ways to get one. */
export class EngineUnavailableError extends EngineError {
  override readonly name = 'EngineUnavailableError';

  constructor(reason: string) {
    super('no-binary', `${reason}\n${REMEDIES}`);
  }
}

const REMEDIES = `可以任选一种办法：
  1. 运行 docker compose up，用容器里的检索引擎和服务；
  2. 设置 MEILI_URL（和 MEILI_MASTER_KEY），使用已经在运行的 Meilisearch；
  3. 设置 MEILI_BIN，指向本机可以运行的 meilisearch 程序（1.12 或更新）；
  4. 在 Linux x64（glibc 2.35 或更新）上重新运行 npm ci，不要加 --omit=optional。`;

/** The engine has finished a task, but not with success. */
export class EngineTaskError extends EngineError {
  override readonly name = 'EngineTaskError';
  /** The engine's own error code, such as `invalid_document_id`; `canceled` for a cancelled task. */
  readonly code: string;

  constructor(code: string, message: string) {
    super('task', message);
    this.code = code;
  }
}

/** Whether it comes from the engine or the way there, not from our own program. */
export function isEngineError(error: unknown): error is Error {
  return error instanceof EngineError || error instanceof MeilisearchError;
}

/** The engine's own code for why it refused a request or a task, such as `index_not_found`. */
export function engineCode(error: unknown): string | undefined {
  if (error instanceof EngineTaskError) return error.code;
  return error instanceof MeilisearchApiError ? error.cause?.code : undefined;
}

/** Whether the engine says that there is no such index. */
export function isIndexMissing(error: unknown): boolean {
  return error instanceof MeilisearchApiError && engineCode(error) === 'index_not_found';
}

/**
 * How 1.21 speaks of a damaged index. It goes on answering `/health` with all well, so only a search, a
 * count or a task brings it to light: seen when bytes of an index file were overwritten.
 */
const CORRUPTION =
  /MDB_(?:CORRUPTED|PAGE_NOTFOUND|INVALID|BAD_TXN|PANIC|CURSOR_FULL)|invalid state/;

/**
 * Whether this error of a search, a count or a task means that the engine's data are damaged, so that
 * `engine.discardData` and a rebuild from the article store are called for. A task that fails the same
 * way after that has another cause: do not discard twice in a row. For searches only unmistakable words
 * count, lest a query that upsets the engine costs the index.
 */
export function suspectsCorruption(error: unknown): boolean {
  const code = engineCode(error);
  if (error instanceof EngineTaskError) return code === 'invalid_store_file' || code === 'internal';
  if (error instanceof EngineError) return error.kind === 'stalled' || error.kind === 'dead-keys';
  if (!(error instanceof MeilisearchApiError)) return false;
  return code === 'invalid_store_file' || (code === 'internal' && CORRUPTION.test(error.message));
}

/** The engine's own codes for what a restart, or a rebuild of a lost index, sets right. */
const TRANSIENT_CODES = [
  'index_not_found',
  'task_not_found',
  'too_many_search_requests',
  // Our keys go with the rest of the data, and are made again.
  'invalid_api_key',
];

/**
 * Whether the same work may succeed a little later because the engine was only away: it restarts, was
 * cut off, is overloaded, or came back without the index that was being written.
 */
export function isTransient(error: unknown): boolean {
  if (TRANSIENT_CODES.includes(engineCode(error) ?? '')) return true;
  if (error instanceof EngineError) return error.retryable;
  if (error instanceof MeilisearchRequestError) return true;
  if (!(error instanceof MeilisearchApiError)) return false;
  const { status } = error.response;
  return status >= 500 || status === 408;
}
