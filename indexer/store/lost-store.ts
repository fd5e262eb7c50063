import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where SQLite keeps the size of a page, and how many there were when it last wrote the file. */
const HEADER_BYTES = 32;
const PAGE_SIZE_AT = 16;
const PAGES_AT = 28;

/**
 * What in a DATA_DIR only a store with articles can have left there; null when nothing was. A store that is
 * missing or empty beside it was lost, and must not be taken for a new one.
 */
export function traceOfStore(dataDir: string): string | null {
  const traces = [join(dataDir, 'engine', 'meili'), join(dataDir, 'articles.sqlite-wal')];
  return traces.find((trace) => existsSync(trace) && statSync(trace).size > 0) ?? null;
}

/** Whether a store's file is shorter than it says itself; false while some of it stands in the write-ahead log. */
export function isCutShort(file: string): boolean {
  const size = fileSize(file);
  if (size < HEADER_BYTES || fileSize(`${file}-wal`) > 0) return false;
  const header = Buffer.alloc(HEADER_BYTES);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(handle);
  }
  if (!header.toString('latin1').startsWith('SQLite format 3\0')) return false;
  const written = header.readUInt16BE(PAGE_SIZE_AT);
  // 65,536 does not fit into its two bytes.
  const pageSize = written === 1 ? 65_536 : written;
  return size < pageSize * header.readUInt32BE(PAGES_AT);
}

/** In bytes; 0 for a file that is not there. */
export function fileSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
