import { EngineError } from './engine-error.ts';
import type { EngineFolder } from './engine-folder.ts';

/** Why a started engine did not become ready, as far as its last words tell. */
export type StartFailureReason =
  | 'port-taken'
  | 'disk-full'
  | 'no-permission'
  | 'no-memory'
  | 'not-executable'
  | 'killed'
  | 'slow'
  | 'unknown';

/** One attempt to start the engine failed. Inside this folder only; callers see an EngineError. */
export class EngineStartFailure extends Error {
  override readonly name = 'EngineStartFailure';
  readonly reason: StartFailureReason;
  /** The end of what it wrote. */
  readonly output: string;

  constructor(reason: StartFailureReason, output: string) {
    super(`engine did not start: ${reason}`);
    this.reason = reason;
    this.output = output;
  }
}

/** Linux and macOS write the same words but different numbers for the same error. */
const LAST_WORDS: readonly (readonly [StartFailureReason, RegExp])[] = [
  ['port-taken', /Address already in use/i],
  ['disk-full', /No space left on device|Disk quota exceeded/i],
  ['no-permission', /Permission denied|Operation not permitted|Read-only file system/i],
  ['no-memory', /Cannot allocate memory/i],
];

/** Sorts the end of an engine that never became ready; `unknown` may mean damaged data. */
export function classifyExit(signal: NodeJS.Signals | null, output: string): StartFailureReason {
  for (const [reason, words] of LAST_WORDS) if (words.test(output)) return reason;
  if (signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGINT') return 'killed';
  return 'unknown';
}

const SENTENCES: Readonly<Record<StartFailureReason, string>> = {
  'port-taken': '端口被别的程序占用',
  'disk-full': '磁盘已满或配额用完，请腾出空间',
  'no-permission': '没有权限读写数据文件夹，请检查文件的属主和权限',
  'no-memory': '内存或地址空间不足，请检查 ulimit -v 和可用内存',
  'not-executable': '引擎程序不能执行，请检查权限和磁盘的 noexec 选项',
  killed: '引擎刚启动就被结束（可能是内存不足，由系统结束）',
  slow: '引擎两分钟内没有就绪，请检查磁盘和机器负载',
  unknown: '原因不明',
};

/** The failure in Chinese, with the place of the log and its last line of substance. */
export function toStartError(failure: EngineStartFailure, folder: EngineFolder): EngineError {
  const line = /^(?:Error: |.*panicked at )(.*)$/m.exec(failure.output)?.[1]?.slice(0, 300);
  return new EngineError(
    failure.reason === 'disk-full' || failure.reason === 'no-permission'
      ? 'data-dir'
      : 'start-failed',
    `检索引擎没有启动成功：${SENTENCES[failure.reason]}。${line === undefined ? '' : `引擎说：${line}。`}详见 ${folder.logFile}。`,
    { cause: failure },
  );
}
