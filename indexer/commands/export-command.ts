import { createWriteStream, existsSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Environment } from '../../config/environment.ts';
import { putInPlace } from '../core/write-atomically.ts';
import { EXPORT_FORMATS, exportFormats, isExportFormat } from '../documents/export-formats.ts';
import { allArticles } from '../store/articles.ts';
import { openStore } from '../store/database.ts';
import { toTerminal } from './terminal.ts';

export interface ExportCommandOptions {
  readonly format: string;
  /** Absent: standard output. */
  readonly output?: string;
}

/** `npm run export`: every stored article to a file or to standard output. */
export async function runExport(
  { format, output }: ExportCommandOptions,
  { dataDir }: Environment,
): Promise<number> {
  if (!isExportFormat(format)) {
    toTerminal(`--format 只能是 ${EXPORT_FORMATS.join('、')} 之一，而不是“${format}”`);
    return 1;
  }
  const { head, row } = exportFormats[format];
  const store = openStore(dataDir);
  let articles = 0;
  function* lines(): Generator<string> {
    yield head;
    for (const article of allArticles(store)) {
      yield row(article);
      articles += 1;
    }
  }
  try {
    if (output === undefined) await writeToPipe(lines());
    else {
      await writeToFile(output, lines());
      toTerminal(`已导出 ${articles} 篇文章到 ${resolve(output)}。`);
    }
    return 0;
  } finally {
    store.close();
  }
}

async function writeToPipe(lines: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(lines), process.stdout);
  } catch (error) {
    // `| head` closing the pipe is no fault.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

/** The file gets its name when it is complete; until then a former one of that name stays. */
async function writeToFile(file: string, lines: Iterable<string>): Promise<void> {
  const partial = `${file}.${process.pid}.partial`;
  const stopping = new AbortController();
  const stop = () => stopping.abort(new Error('已停止导出，没有写出文件。'));
  for (const signal of ENDING) process.once(signal, stop);
  try {
    // A device or a pipe would be replaced by a file.
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === false)
      throw new Error(`${file} 不是普通文件，没有动它。请给 --output 一个文件名。`);
    await pipeline(Readable.from(lines), createWriteStream(partial), { signal: stopping.signal });
    putInPlace(partial, file);
  } catch (error) {
    throw stopping.signal.aborted ? stopping.signal.reason : outputError(file, error);
  } finally {
    for (const signal of ENDING) process.off(signal, stop);
    if (existsSync(partial)) rmSync(partial);
  }
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function outputError(file: string, error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  const explanation = EXPLANATIONS[code];
  if (explanation === undefined) return error;
  const cause = explanation(dirname(resolve(file)));
  return new Error(`没有导出到 ${file}：${cause}（${code}）。`, { cause: error });
}

const isDenied = (folder: string) => `文件夹 ${folder} 不许写入。请换一个位置，或修改它的权限`;
const isFull = (folder: string) => `${folder} 所在的磁盘已满。请腾出空间，或换一个磁盘，再运行一次`;

/** What is wrong with the place and what to do, by error code. */
const EXPLANATIONS: Readonly<Record<string, (folder: string) => string>> = {
  ENOENT: (folder) => `没有文件夹 ${folder}。请先建好它，或换一个位置`,
  ENOTDIR: (folder) => `${folder} 不是文件夹。请换一个位置`,
  ENAMETOOLONG: () => '文件名太长。请换一个短些的名字',
  EACCES: isDenied,
  EPERM: isDenied,
  EROFS: (folder) => `${folder} 所在的磁盘是只读的。请换一个位置`,
  ENOSPC: isFull,
  EDQUOT: isFull,
};
