import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from './engine-error.ts';
import type { EngineFolder } from './engine-folder.ts';
import { writeRecord } from './engine-folder.ts';
import { askVersion, isHealthy } from './engine-health.ts';
import { boundLog, logSize, readLogAfter } from './engine-log.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { hasCode, identifyProcess, isRunning, signalProcess } from './process-identity.ts';
import { spawnEngine, type SpawnOptions } from './spawn-engine.ts';

/** A running engine, started by us or found running. */
export interface EngineProcess {
  readonly identity: ProcessIdentity;
  readonly port: number;
  /** Fulfilled when the process is gone, with a word on how; null for one that is not our child. */
  readonly exited: Promise<string> | null;
}

export interface LaunchOptions extends SpawnOptions {
  readonly signal: AbortSignal;
}

const START_LIMIT = 120_000;
/** An engine that listens but cannot answer a simple question has damaged data. */
const ANSWER_LIMIT = 5_000;
const TERM_GRACE = 10_000;
const KILL_GRACE = 5_000;

export function engineUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/**
 * Starts one engine process and returns it when it answers.
 * @throws EngineStartFailure when it ends, or does not answer, before it is ready.
 */
export async function launchEngine(binary: string, options: LaunchOptions): Promise<EngineProcess> {
  const { folder, port, masterKey, signal } = options;
  signal.throwIfAborted();
  boundLog(folder.logFile);
  const logStart = logSize(folder.logFile);
  const child = spawnEngine(binary, options);
  const fail = (reason?: FailureReason) => {
    const output = readLogAfter(folder.logFile, logStart);
    return new EngineStartFailure(reason ?? classifyExit(child.signalCode, output), output);
  };
  try {
    await once(child, 'spawn');
  } catch (error) {
    if (hasCode(error, 'EACCES', 'ENOENT', 'ENOEXEC', 'ETXTBSY')) throw fail('not-executable');
    throw error;
  }
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, exitSignal) => resolve(exitSignal ?? `退出码 ${code ?? '未知'}`));
  });
  const identity = child.pid === undefined ? null : identifyProcess(child.pid);
  if (identity === null) {
    await exited;
    throw fail();
  }
  // Not before: with nothing else to wait for, Node would end in silence while we wait for `exited`.
  child.unref();
  writeRecord(folder, { ...identity, port, startedBy: process.pid });
  const url = engineUrl(port);
  const deadline = Date.now() + START_LIMIT;
  let aliveSince = Infinity;
  for (let pause = 20; ; pause = Math.min(pause * 1.3, 250)) {
    if (hasEnded()) throw fail();
    if (signal.aborted || Date.now() > deadline) {
      await stopProcess(identity);
      signal.throwIfAborted();
      throw fail('slow');
    }
    // Somebody else's server on the same port would not know our key.
    const answer = await askVersion(url, masterKey, 2_000);
    if (answer.type === 'version' && (await isHealthy(url, 2_000)))
      return { identity, port, exited };
    if (answer.type !== 'unreachable') aliveSince = Math.min(aliveSince, Date.now());
    if (Date.now() - aliveSince > ANSWER_LIMIT) {
      await stopProcess(identity);
      throw fail('unknown');
    }
    await sleep(pause);
  }
}

/** Asks the process to end and, when it has not after 10 s, ends it. Returns when it is gone. */
export async function stopProcess(identity: ProcessIdentity): Promise<void> {
  if (!isRunning(identity) || !signalProcess(identity.pid, 'SIGTERM')) return;
  if (await isGoneWithin(identity, TERM_GRACE)) return;
  signalProcess(identity.pid, 'SIGKILL');
  await isGoneWithin(identity, KILL_GRACE);
}

async function isGoneWithin(identity: ProcessIdentity, limit: number): Promise<boolean> {
  const deadline = Date.now() + limit;
  while (isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/**
 * Why a started engine did not become ready, as far as its last words tell: Linux and macOS write the same
 * ones, but different numbers, for the same error. `unknown` may mean damaged data.
 */
const FAILURES = {
  'port-taken': { words: /Address already in use/i, sentence: '端口被别的程序占用' },
  'disk-full': {
    words: /No space left on device|Disk quota exceeded/i,
    sentence: '磁盘已满或配额用完，请腾出空间',
  },
  'no-permission': {
    words: /Permission denied|Operation not permitted|Read-only file system/i,
    sentence: '没有权限读写数据文件夹，请检查文件的属主和权限',
  },
  'no-memory': {
    words: /Cannot allocate memory/i,
    sentence: '内存或地址空间不足，请检查 ulimit -v 和可用内存',
  },
  'not-executable': {
    words: null,
    sentence: '引擎程序不能执行，请检查权限和磁盘的 noexec 选项',
  },
  killed: { words: null, sentence: '引擎刚启动就被结束（可能是内存不足，由系统结束）' },
  slow: { words: null, sentence: '引擎两分钟内没有就绪，请检查磁盘和机器负载' },
  unknown: { words: null, sentence: '原因不明' },
} as const;

type FailureReason = keyof typeof FAILURES;

function classifyExit(signal: NodeJS.Signals | null, output: string): FailureReason {
  for (const [reason, { words }] of Object.entries(FAILURES))
    if (words?.test(output) === true) return reason as FailureReason;
  return signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGINT' ? 'killed' : 'unknown';
}

/** One attempt to start the engine failed. Inside this folder only; callers see an EngineError. */
export class EngineStartFailure extends Error {
  override readonly name = 'EngineStartFailure';
  readonly reason: FailureReason;
  /** The end of what it wrote. */
  readonly #output: string;

  constructor(reason: FailureReason, output: string) {
    super(`engine did not start: ${reason}`);
    this.reason = reason;
    this.#output = output;
  }

  /** In Chinese, with the place of the log and its last line of substance. */
  toError({ logFile }: EngineFolder): EngineError {
    const line = /^(?:Error: |.*panicked at )(.*)$/m.exec(this.#output)?.[1]?.slice(0, 300);
    const isFolder = this.reason === 'disk-full' || this.reason === 'no-permission';
    return new EngineError(
      isFolder ? 'data-dir' : 'start-failed',
      `检索引擎没有启动成功：${FAILURES[this.reason].sentence}。${line === undefined ? '' : `引擎说：${line}。`}详见 ${logFile}。`,
      { cause: this },
    );
  }
}
