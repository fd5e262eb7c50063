import {
  closeSync,
  copyFileSync,
  fstatSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { hasCode } from './process-identity.ts';

/** What we tell of the engine's life; a pino logger fits. Messages are Chinese. */
export interface EngineLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

const MAX_LOG_BYTES = 5_000_000;
const TAIL_BYTES = 8_192;

/**
 * Keeps the engine's log file small: past 5 MB its content becomes `engine.log.1` and it starts anew.
 * The engine goes on writing to the same open file, so it is emptied in place, not renamed.
 */
export function boundLog(path: string): void {
  if (logSize(path) <= MAX_LOG_BYTES) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path, 0);
}

/** Bytes in the log so far; 0 when there is none. */
export function logSize(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0;
    throw error;
  }
}

/** The last lines written after `offset` (bytes), without colour codes. */
export function readLogAfter(path: string, offset: number): string {
  if (logSize(path) === 0) return '';
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const start = Math.max(offset > size ? 0 : offset, size - TAIL_BYTES);
    const buffer = Buffer.alloc(size - start);
    const length = readSync(file, buffer, 0, buffer.length, start);
    return buffer.toString('utf8', 0, length).replace(/\x1b\[[0-9;]*m/g, '');
  } finally {
    closeSync(file);
  }
}
