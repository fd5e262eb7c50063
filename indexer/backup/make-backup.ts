import { existsSync } from 'node:fs';
import { putInPlace } from '../core/write-atomically.ts';
import { openStoreReader } from '../store/database.ts';
import type { BackupContents, CopyProgress } from './backup-file.ts';
import {
  changeCopy,
  checkBackup,
  copyStore,
  markAsBackup,
  openBackup,
  removeCopy,
} from './backup-file.ts';

/**
 * Writes the store of a DATA_DIR as one file, also while the service runs. The file gets its name when
 * it is complete and has been read through; until then an earlier backup of that name stays.
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
    await copyStore(source, partial, onProgress).finally(() => source.close());
    const contents = changeCopy(partial, (copy) => {
      markAsBackup(copy, wordLists);
      return checkBackup(copy, partial);
    });
    putInPlace(partial, file);
    return contents;
  } finally {
    removeCopy(partial);
  }
}
