import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../core/data-dir.ts';
import { lockFile, tryLock, type ProcessLock } from '../core/process-lock.ts';
import { writeAtomically } from '../core/write-atomically.ts';
import { EngineError } from './engine-error.ts';
import { hasCode } from './process-identity.ts';

/** Where everything of our engine lies, `DATA_DIR/engine`. All paths are absolute. */
export type EngineFolder = Readonly<ReturnType<typeof openEngineFolder>>;

const REASONS: Readonly<Record<string, string>> = {
  EACCES: '没有权限',
  EPERM: '没有权限',
  EROFS: '文件系统是只读的',
  ENOSPC: '磁盘已满',
  EDQUOT: '磁盘配额已用完',
  ENOTDIR: '路径中有一段不是文件夹',
  EEXIST: '同名的文件已经存在',
};

/**
 * Makes `DATA_DIR/engine` when it is missing, open to its owner only.
 * @throws EngineError `data-dir` when it cannot be made or written.
 */
export function openEngineFolder(dataDir: string) {
  try {
    makeFolder(join(dataDir, 'engine'));
    // The real path also stands in the engine's command line, by which an orphan is found.
    const root = realpathSync(join(dataDir, 'engine'));
    const probe = join(root, `.writable-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
    return {
      root,
      database: join(root, 'meili'),
      keyFile: join(root, 'master-key'),
      recordFile: join(root, 'engine.json'),
      logFile: join(root, 'engine.log'),
      /** Exists while the data are to be discarded before the next start; says why. */
      discardFile: join(root, 'discard-data'),
      binaries: join(root, 'bin'),
    };
  } catch (error) {
    throw toFolderError(join(dataDir, 'engine'), error);
  }
}

/** Says in Chinese what is wrong with a folder; other errors come back as they are. */
export function toFolderError(path: string, error: unknown): unknown {
  if (!hasCode(error, ...Object.keys(REASONS))) return error;
  const code = error.code ?? '';
  return new EngineError(
    'data-dir',
    `检索引擎的数据文件夹 ${path} 无法使用：${REASONS[code]}（${code}）。请检查 DATA_DIR 的位置、权限和剩余空间后重试。`,
    { cause: error },
  );
}

/** One process at a time may start, restart and stop the engine of a folder. Null: another one does. */
export function tryLeaderLock({ root }: EngineFolder): ProcessLock | null {
  // Named as in earlier versions, whose processes may still run.
  return tryLock(root, 'owner');
}

/** Held by each process that uses the engine without leading. Null: the leader is just stopping. */
export function tryFollowerLock({ root }: EngineFolder): ProcessLock | null {
  return lockFile(join(root, 'guests.lock'), (file) => {
    file.exec('BEGIN');
    // SQLite takes the shared lock with the first read, not with BEGIN.
    file.prepare('SELECT count(*) FROM sqlite_master').get();
  });
}

/** Keeps followers out while the engine is stopped. Null: there are some, so it must go on running. */
export function tryLockOutFollowers({ root }: EngineFolder): ProcessLock | null {
  return tryLock(root, 'guests');
}

/** The random master key of our engine, made on first use; the file is readable by its owner only. */
export function readOrCreateKey(folder: EngineFolder): string {
  const known = readKey(folder);
  // The engine asks for 16 bytes at least in production.
  if (known !== null && known.length >= 16) {
    chmodSync(folder.keyFile, 0o600);
    return known;
  }
  const key = randomBytes(32).toString('base64url');
  writeAtomically(folder.keyFile, `${key}\n`, 0o600);
  return key;
}

/** The key as another process wrote it; null when there is none. */
export function readKey({ keyFile }: EngineFolder): string | null {
  return readIfExists(keyFile)?.trim() || null;
}

const engineRecord = z.object({
  pid: z.int().positive(),
  startedAt: z.string(),
  port: z.int().min(1024).max(65535),
  /** The process that started it, for a person who looks. */
  startedBy: z.int(),
});

/** What `engine.json` says of the running engine; null when nothing, or nothing readable. */
export function readRecord({ recordFile }: EngineFolder): z.infer<typeof engineRecord> | null {
  const text = readIfExists(recordFile);
  if (text === null) return null;
  try {
    return engineRecord.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    // Half a file after a power cut: the engine itself is then found by its command line.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function writeRecord(folder: EngineFolder, record: z.infer<typeof engineRecord>): void {
  writeAtomically(folder.recordFile, `${JSON.stringify(record)}\n`, 0o600);
}

/** The text of a file; null when there is none. */
export function readIfExists(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
