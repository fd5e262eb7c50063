import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Environment } from '../../config/environment.ts';
import { exportFormats } from '../documents/export-formats.ts';
import { allArticles } from '../store/articles.ts';
import { openStore } from '../store/database.ts';

/** `npm run export`: every stored article to standard output. */
export async function runExport(format: string, environment: Environment): Promise<number> {
  if (format !== 'jsonl' && format !== 'csv') {
    process.stderr.write(`--format 只能是 jsonl 或 csv，而不是“${format}”\n`);
    return 1;
  }
  const { head, row } = exportFormats[format];
  const store = openStore(environment.dataDir);
  function* lines(): Generator<string> {
    yield head;
    for (const article of allArticles(store)) yield row(article);
  }
  try {
    await pipeline(Readable.from(lines()), process.stdout);
    return 0;
  } catch (error) {
    // `| head` closing the pipe is no fault.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return 0;
    throw error;
  } finally {
    store.close();
  }
}
