import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { isSupportedVersion, OLDEST_VERSION } from './engine-version.ts';
import { hasCode } from './process-identity.ts';

/** What running a program with `--version` told. */
export type Probe =
  | { readonly type: 'runs'; readonly version: string }
  | { readonly type: 'fails'; readonly problem: string };

/** Runs the program once; a program that does not run, or is too old, is described in Chinese. */
export async function probeVersion(path: string): Promise<Probe> {
  const run = promisify(execFile);
  let output: string;
  try {
    output = (await run(path, ['--version'], { timeout: 20_000 })).stdout;
  } catch (error) {
    return { type: 'fails', problem: describeFailure(error) };
  }
  const version = /(\d+\.\d+\.\d+)/.exec(output)?.[1];
  if (version === undefined)
    return { type: 'fails', problem: '它不像是 Meilisearch（--version 没有版本号）' };
  if (!isSupportedVersion(version))
    return { type: 'fails', problem: `版本 ${version} 太旧，需要 ${OLDEST_VERSION} 或更新` };
  return { type: 'runs', version };
}

function describeFailure(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const glibc = /GLIBC_(\d+\.\d+)' not found/.exec(text)?.[1];
  if (glibc !== undefined) return `系统的 glibc 太旧，需要 ${glibc} 或更新`;
  // The loader named in the program is missing: musl systems such as Alpine.
  if (hasCode(error, 'ENOENT')) return '系统没有它需要的 glibc（例如 Alpine）';
  if (hasCode(error, 'EACCES')) return '没有执行权限，或所在的磁盘禁止执行程序（noexec）';
  return `运行 --version 失败（${text.split('\n')[0] ?? ''}）`;
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Also false for a file on a disk mounted noexec. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM', 'ENOENT')) return false;
    throw error;
  }
}
