import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WORD_LIST_FILES } from '../config/word-list-files.ts';
import { hasCode } from '../indexer/engine/process-identity.ts';

const EVERY_MS = 2_000;

export interface WordListWatch {
  readonly folder: string;
  /** What {@link wordListPrint} said of the lists that are in use. */
  readonly inUse: string;
  /** Takes up the lists that are there now; what it throws is told, and they are tried again once edited. */
  readonly take: () => Promise<void>;
  /** Null when what is there is in use. */
  readonly onProblem: (problem: Error | null) => void;
}

/** Names the contents of all word lists of a folder. */
export function wordListPrint(folder: string): string {
  const contents = ofEachFile(folder, (file) => readFileSync(file, 'utf8'));
  return createHash('sha256').update(JSON.stringify(contents)).digest('hex');
}

/**
 * Looks after edited word lists until the signal. Files are looked at, not listened to: editors write
 * them, replace them or have them mounted. Lists count once nobody has written them for one look.
 */
export async function watchWordLists(watch: WordListWatch, signal: AbortSignal): Promise<void> {
  const { folder, take, onProblem } = watch;
  let inUse = watch.inUse;
  let looked = '';
  let settled = '';
  const isOver = () => signal.aborted;
  for (;;) {
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (isOver()) return;
    try {
      const times = fileTimes(folder);
      const isQuiet = times === looked;
      looked = times;
      if (!isQuiet || times === settled) continue;
      settled = times;
      const print = wordListPrint(folder);
      if (print !== inUse) await take();
      inUse = print;
      onProblem(null);
    } catch (error) {
      onProblem(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** Changes whenever a file is written, replaced or removed. */
function fileTimes(folder: string): string {
  return ofEachFile(folder, (file) => {
    const { mtimeMs, ctimeMs, size, ino } = statSync(file);
    return [mtimeMs, ctimeMs, size, ino].join(' ');
  }).join('\n');
}

/** A file may be missing for a moment, or for good: whoever loads the lists says so. */
function ofEachFile(folder: string, read: (file: string) => string): string[] {
  return WORD_LIST_FILES.map((name) => {
    try {
      return read(join(folder, name));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return 'missing';
      throw error;
    }
  });
}
