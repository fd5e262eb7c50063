import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file so that at any moment, also after a power cut, it is the old or the new one. */
export function writeAtomically(file: string, content: string, mode?: number): void {
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, content, { flush: true, mode });
  putInPlace(partial, file);
}

/** Gives a finished file its name, in place of what has it now, and makes that last. */
export function putInPlace(finished: string, file: string): void {
  flush(finished);
  renameSync(finished, file);
  flush(dirname(file));
}

function flush(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
