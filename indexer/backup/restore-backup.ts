import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { makePrivate } from '../core/data-dir.ts';
import { requestDiscard } from '../engine/engine-database.ts';
import { openEngineFolder } from '../engine/engine-folder.ts';
import { INGEST_LOCK } from '../ingest/ingest-files.ts';
import { nameStoreAnew } from '../store/database.ts';
import { tryLock } from '../core/process-lock.ts';
import type { BackupContents } from './backup-file.ts';
import { BackupError, checkBackup, openBackup, unmarkAsBackup } from './backup-file.ts';
import type { CopyProgress } from './copy-store.ts';
import { copyStore } from './copy-store.ts';
import { claimTarget, keepFormer, type ClaimedTarget } from './restore-target.ts';
import { putInPlace } from '../core/write-atomically.ts';

export interface Restored extends BackupContents {
  /** Where the store is kept that was there before; null when there was none. */
  readonly former: string | null;
}

/**
 * Puts a backup in the place of a DATA_DIR's store. The copy is read through before it replaces
 * anything; whatever goes wrong before leaves everything as it was. The index is made anew by whoever
 * starts next, since the restored store knows of none.
 * @throws BackupError when the backup is no good, the store is in use, or, unless `force`, not empty.
 */
export async function restoreBackup(
  file: string,
  dataDir: string,
  { force }: { readonly force: boolean },
  onProgress: (progress: CopyProgress) => void,
): Promise<Restored> {
  const backup = openBackup(file);
  try {
    const lock = tryLock(dataDir, INGEST_LOCK);
    if (lock === null) throw new BackupError('收录正在进行，请等它完成再恢复。');
    const copyFile = join(dataDir, `articles.restoring-${process.pid}.sqlite`);
    try {
      claimToReplace(dataDir, force).release();
      makePrivate(copyFile);
      await copyStore(backup, copyFile, onProgress);
      const contents = becomeStore(copyFile, file);
      // Copying takes a while, in which a service may have been started.
      const target = claimToReplace(dataDir, force);
      let former: string | null;
      try {
        former = target.exists ? keepFormer(target.file) : null;
        putInPlace(copyFile, target.file);
      } finally {
        target.release();
      }
      // What the engine holds is of the former store.
      if (existsSync(join(dataDir, 'engine')))
        requestDiscard(openEngineFolder(dataDir), '文章库已从备份恢复');
      return { ...contents, former };
    } finally {
      for (const rest of ['', '-journal', '-wal', '-shm'])
        rmSync(`${copyFile}${rest}`, { force: true });
      lock.release();
    }
  } finally {
    backup.close();
  }
}

function claimToReplace(dataDir: string, force: boolean): ClaimedTarget {
  const target = claimTarget(dataDir);
  if (!target.holdsSomething || force) return target;
  target.release();
  throw new BackupError(
    `${target.file} 里已有文章或保存的检索，没有覆盖。确要换成备份请加 --force：原来的库会改名留在旁边。`,
  );
}

function becomeStore(copyFile: string, file: string): BackupContents {
  const copy = new Database(copyFile);
  try {
    copy.pragma('journal_mode = DELETE');
    const contents = checkBackup(copy, file);
    unmarkAsBackup(copy);
    // Under its former name the engine may hold indexes of another state of this store.
    nameStoreAnew(copy);
    return contents;
  } finally {
    copy.close();
  }
}
