import { existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { makePrivate } from '../core/data-dir.ts';
import { openStoreReader } from '../store/database.ts';
import type { BackupContents } from './backup-file.ts';
import { checkBackup, markAsBackup, openBackup } from './backup-file.ts';
import type { CopyProgress } from './copy-store.ts';
import { copyStore } from './copy-store.ts';
import { putInPlace } from '../core/write-atomically.ts';

/**
 * Writes the store of a DATA_DIR as one file, also while the service runs. The file gets its name when
 * it is whole and has been read through; until then an earlier backup of that name stays.
 * @throws BackupError when a file of that name is no backup, or the new one does not read well;
 * StoreError when there is no store.
 */
export async function makeBackup(
  dataDir: string,
  file: string,
  onProgress: (progress: CopyProgress) => void,
  wordLists?: string,
): Promise<BackupContents> {
  if (existsSync(file)) openBackup(file).close();
  const partial = `${file}.${process.pid}.partial`;
  try {
    const source = openStoreReader(dataDir);
    try {
      makePrivate(partial);
      await copyStore(source, partial, onProgress);
    } finally {
      source.close();
    }
    const copy = new Database(partial);
    try {
      copy.pragma('journal_mode = DELETE');
      markAsBackup(copy, wordLists);
      const contents = checkBackup(copy, partial);
      copy.close();
      putInPlace(partial, file);
      return contents;
    } finally {
      copy.close();
    }
  } finally {
    for (const rest of ['', '-journal', '-wal', '-shm'])
      rmSync(`${partial}${rest}`, { force: true });
  }
}
