import { existsSync, linkSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { BackupError } from './backup-file.ts';

/** The place of the article store in a DATA_DIR. */
interface RestoreTarget {
  readonly file: string;
  /** Whether anything would be lost: articles, saved searches, or what can no longer be read. */
  readonly holdsSomething: boolean;
}

const IN_USE =
  '文章库正在使用中：服务、收录或导出还在运行。请先停止它们（npm start 的窗口里按 Ctrl+C），再恢复。';

/** A target that nobody else can use until it is let go. */
export interface ClaimedTarget extends RestoreTarget {
  readonly exists: boolean;
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
    if (error instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code))
      throw new BackupError(IN_USE, { cause: error });
    // Damaged, which may be why it is to be replaced, or not a store.
    if (error instanceof Database.SqliteError)
      return { file, exists: true, holdsSomething: true, release };
    throw error;
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
