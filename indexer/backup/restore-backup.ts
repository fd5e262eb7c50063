import { existsSync, linkSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { tryLock } from '../core/process-lock.ts';
import { putInPlace } from '../core/write-atomically.ts';
import { requestDiscard } from '../engine/engine-database.ts';
import { openEngineFolder } from '../engine/engine-folder.ts';
import { INGEST_LOCK } from '../ingest/ingest-files.ts';
import { nameStoreAnew } from '../store/database.ts';
import type { BackupContents, CopyProgress } from './backup-file.ts';
import {
  BackupError,
  changeCopy,
  checkBackup,
  copyStore,
  openBackup,
  removeCopy,
  unmarkAsBackup,
} from './backup-file.ts';

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
      await copyStore(backup, copyFile, onProgress);
      const contents = changeCopy(copyFile, (copy) => {
        const checked = checkBackup(copy, file);
        unmarkAsBackup(copy);
        // Under its former name the engine may hold indexes of another state of this store.
        nameStoreAnew(copy);
        return checked;
      });
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
      removeCopy(copyFile);
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

/** The place of the article store in a DATA_DIR, which nobody else can use until it is let go. */
interface ClaimedTarget {
  readonly file: string;
  readonly exists: boolean;
  /** Whether anything would be lost: articles, saved searches, or what can no longer be read. */
  readonly holdsSomething: boolean;
  readonly release: () => void;
}

/**
 * Looks at what a restored store would replace, makes sure that nobody uses it, and keeps it so: who
 * opens it meanwhile waits, and then finds the other file under its name (see `openStore`).
 * @throws BackupError when somebody uses it.
 */
export function claimTarget(dataDir: string): ClaimedTarget {
  const file = join(dataDir, 'articles.sqlite');
  if (!existsSync(file))
    return { file, exists: false, holdsSomething: false, release: () => undefined };
  const store = new Database(file, { timeout: 1_000 });
  const release = () => void store.close();
  try {
    // Leaving WAL mode takes every other connection to be gone, and leaves one file behind.
    store.pragma('journal_mode = DELETE');
    store.exec('BEGIN EXCLUSIVE');
    if (store.prepare('SELECT 1 FROM sqlite_schema').get() === undefined)
      return { file, exists: true, holdsSomething: false, release };
    const { n } = store
      .prepare<[], { n: number }>(
        'SELECT (SELECT count(*) FROM articles) + (SELECT count(*) FROM saved_searches) AS n',
      )
      .get()!;
    return { file, exists: true, holdsSomething: n > 0, release };
  } catch (error) {
    release();
    if (!(error instanceof Database.SqliteError)) throw error;
    if (/^SQLITE_(BUSY|LOCKED)/.test(error.code))
      throw new BackupError(
        '文章库正在使用中：服务、收录或导出还在运行。请先停止它们（npm start 的窗口里按 Ctrl+C），再恢复。',
        { cause: error },
      );
    // Damaged, which may be why it is to be replaced, or not a store.
    return { file, exists: true, holdsSomething: true, release };
  }
}

/**
 * Keeps the store that is there under another name, beside the one that will replace it; returns that
 * name. The store keeps its own name too until it is replaced, so that there is one at any moment.
 */
export function keepFormer(file: string): string {
  const time = new Date().toISOString().replace(/[-:]/g, '').replace(/\..*/, '');
  const former = `${file.replace(/\.sqlite$/, '')}.before-restore-${time}.sqlite`;
  linkSync(file, former);
  // Of a damaged store; they belong to it and must not be taken for the new one's.
  for (const rest of ['-wal', '-shm', '-journal'])
    if (existsSync(`${file}${rest}`)) renameSync(`${file}${rest}`, `${former}${rest}`);
  return former;
}
