/**
 * What went wrong with the engine:
 * - `no-binary`: no engine to start, or this machine cannot run it
 * - `digest-mismatch`: the bundled binary is not the file we checked
 * - `unreachable`: nobody answers (in time)
 * - `bad-answer`: somebody answers, but not as Meilisearch does
 * - `wrong-key`: the engine answers, but refuses our key
 * - `unsupported-version`: the engine is too old
 * - `start-failed`: our engine does not come up
 * - `data-dir`: the folder cannot be read or written, or the disk is full
 * - `damaged-data`: the engine at MEILI_URL has damaged data, which are not ours to discard
 * - `busy`: another process of ours is just starting or stopping the engine
 * - `task`: the engine refused a task
 * - `task-timeout`: the engine has not finished a task in time
 * - `dead-keys`: the engine lists our keys and refuses them: what it knows of keys is damaged
 * - `stalled`: tasks wait, but the engine works on none
 * - `incomplete`: the engine has finished all tasks of a new index, and documents are missing
 */
export type EngineErrorKind =
  | 'no-binary'
  | 'digest-mismatch'
  | 'unreachable'
  | 'bad-answer'
  | 'wrong-key'
  | 'unsupported-version'
  | 'start-failed'
  | 'data-dir'
  | 'damaged-data'
  | 'busy'
  | 'task'
  | 'task-timeout'
  | 'dead-keys'
  | 'stalled'
  | 'incomplete';

const RETRYABLE: ReadonlySet<EngineErrorKind> = new Set([
  'unreachable',
  'bad-answer',
  'busy',
  'task-timeout',
  'incomplete',
]);

/** Base of everything that can go wrong with the engine. The message is Chinese and names a remedy. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError';
  readonly kind: EngineErrorKind;

  constructor(kind: EngineErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }

  /** The same call may work a little later without anybody doing anything. */
  get retryable(): boolean {
    return RETRYABLE.has(this.kind);
  }
}

/** There is no engine to start on this machine; the message lists the ways to get one. */
export class EngineUnavailableError extends EngineError {
  override readonly name = 'EngineUnavailableError';

  constructor(reason: string, options?: ErrorOptions) {
    super('no-binary', `${reason}\n${REMEDIES}`, options);
  }
}

/** The engine has finished a task, but not with success. */
export class EngineTaskError extends EngineError {
  override readonly name = 'EngineTaskError';
  readonly taskUid: number;
  /** The engine's own error code, such as `invalid_document_id`; `canceled` for a cancelled task. */
  readonly code: string;

  constructor(taskUid: number, code: string, message: string) {
    super('task', message);
    this.taskUid = taskUid;
    this.code = code;
  }
}

const REMEDIES = `可以任选一种办法：
  1. 运行 docker compose up，用容器里的检索引擎和服务；
  2. 设置 MEILI_URL（和 MEILI_MASTER_KEY），使用已经在运行的 Meilisearch；
  3. 设置 MEILI_BIN，指向本机可以运行的 meilisearch 程序（1.12 或更新）；
  4. 在 Linux x64（glibc 2.35 或更新）上重新运行 npm ci，不要加 --omit=optional。`;
