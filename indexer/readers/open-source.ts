import { constants, createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { rejected, type Finding } from '../core/finding.ts';
import { ioFinding } from './io-findings.ts';
import type { SourceFile } from './page.ts';

const HEAD_BYTES = 64 * 1024;
const MEBIBYTE = 1024 * 1024;

/** Returns how many bytes a file may have: formats read record by record any number, the others are held in memory. */
function sizeLimit(path: string): number {
  if (/\.(?:jsonl|ndjson|json|csv|tsv)$/i.test(path)) return Number.POSITIVE_INFINITY;
  return /\.pdf$/i.test(path) ? 128 * MEBIBYTE : 32 * MEBIBYTE;
}

/** What tells another thread which file to read. */
export type OpenedSource = Pick<SourceFile, 'path' | 'root' | 'size' | 'head'>;

/** Returns a file that was opened, maybe in another thread; `onProgress` hears of every piece of its stream. */
export function restoreSource(opened: OpenedSource, onProgress?: () => void): SourceFile {
  const { size } = opened;
  const absolute = resolve(opened.path);
  const head = Buffer.from(opened.head);
  return {
    ...opened,
    head,
    read: async () =>
      size <= head.length ? head : withHandle(absolute, (handle) => readStart(handle, size)),
    stream: () => Readable.from(pieces(), { objectMode: false }),
  };

  async function* pieces(): AsyncGenerator {
    for await (const piece of createReadStream(absolute)) {
      onProgress?.();
      yield piece;
    }
  }
}

/** Returns a file with its head read, the rest to be read when asked for, or why it cannot be taken. */
export async function openSource(path: string, root: string): Promise<SourceFile | Finding> {
  const absolute = resolve(path);
  try {
    return await withHandle(absolute, async (handle) => {
      const stats = await handle.stat();
      const { size } = stats;
      const refusal = refuse(path, size, stats.isFile());
      if (refusal !== null) return refusal;
      const head = await readStart(handle, Math.min(size, HEAD_BYTES));
      return restoreSource({ path, root, size, head });
    });
  } catch (error) {
    return ioFinding(path, error);
  }
}

async function withHandle<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  // Without it, opening a named pipe would wait for a writer for ever.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

/** At most `length` bytes: a file that grows while it is read must not grow past its limit. */
async function readStart(handle: FileHandle, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function refuse(path: string, size: number, isFile: boolean): Finding | null {
  if (!isFile)
    return rejected(path, '', '不是普通文件（可能是管道、套接字或设备）', '只给出普通文件或文件夹');
  if (size === 0) return rejected(path, '', '文件是空的（0 字节）', '补上内容，或把这个文件移走');
  if (size <= sizeLimit(path)) return null;
  const [actual, most] = [size, sizeLimit(path)].map((bytes) => Math.ceil(bytes / MEBIBYTE));
  const remedy = '拆成几个较小的文件；大批文章请用 JSON Lines 或 CSV，它们不限大小';
  return rejected(path, '', `文件有 ${actual} MiB，超过这种格式的上限 ${most} MiB`, remedy);
}
