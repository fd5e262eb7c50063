import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { makePrivate } from '../core/data-dir.ts';
import { migrations } from '../store/schema.ts';
import type { Store } from '../store/database.ts';
import { contentHash } from './content-hash.ts';
import type { WordList } from './word-lists.ts';
import { readWordLists, wordListSchema } from './word-lists.ts';

/** A backup cannot be made or used; the message says why and what to do, in Chinese. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** What a backup holds. */
export interface BackupContents {
  readonly madeAt: string;
  readonly articles: number;
  readonly savedSearches: number;
  readonly wordLists: readonly WordList[];
  /** False for one of an earlier version, which carries no checksum: that it says what it said nobody can tell. */
  readonly isProven: boolean;
}

/**
 * A backup is the article store itself, without what can be made from it again, and with three tables
 * more: what the backup is, the word lists, and the checksum of all the rest.
 */
const BACKUP_TABLES = `
  CREATE TABLE backup (made_at TEXT NOT NULL) STRICT;
  CREATE TABLE backup_word_lists (name TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
`;
const CHECKSUM = 'backup_checksum';
/** Made anew with the index. */
const DERIVED_TABLES = [
  'indexes',
  'index_placements',
  'vocabulary',
  'ranking_texts',
  'gram_segments',
  'gram_postings',
] as const;
const DERIVED_GRAMS = 'article_grams';

/** Turns a copy of the store into a backup of it and of the word lists in that folder. */
export function markAsBackup(copy: Store, wordLists?: string): void {
  copy.transaction(() => {
    dropDerived(copy);
    copy.exec(BACKUP_TABLES);
    copy.prepare('INSERT INTO backup VALUES (?)').run(new Date().toISOString());
    const keep = copy.prepare('INSERT INTO backup_word_lists VALUES (@name, @content)');
    for (const list of readWordLists(wordLists)) keep.run(list);
    copy.exec(`CREATE TABLE ${CHECKSUM} (sha256 TEXT NOT NULL) STRICT`);
    copy.prepare(`INSERT INTO ${CHECKSUM} VALUES (?)`).run(contentHash(copy, CHECKSUM));
  })();
  copy.exec('VACUUM');
}

/** Turns a copy of a backup into a store. */
export function unmarkAsBackup(copy: Store): void {
  copy.exec(`DROP TABLE backup; DROP TABLE backup_word_lists; DROP TABLE IF EXISTS ${CHECKSUM};`);
  // Backups of earlier versions carry what belongs to the indexes of the store they were made of.
  dropDerived(copy);
}

function dropDerived(copy: Store): void {
  const hasTable = copy.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?');
  for (const table of DERIVED_TABLES)
    if (hasTable.get(table) !== undefined) copy.prepare(`DELETE FROM ${table}`).run();
  if (hasTable.get(DERIVED_GRAMS) !== undefined)
    copy.exec(`INSERT INTO ${DERIVED_GRAMS} (${DERIVED_GRAMS}) VALUES ('delete-all')`);
}

/**
 * Reads a backup from its first page to its last and tells what it holds.
 * @throws BackupError when it is damaged, not a backup, or from a newer version.
 */
export function checkBackup(backup: Store, file: string): BackupContents {
  try {
    return readThrough(backup, file);
  } catch (cause) {
    if (!(cause instanceof Database.SqliteError)) throw cause;
    throw damaged(file, cause.message, cause);
  }
}

function readThrough(backup: Store, file: string): BackupContents {
  const problem = backup.pragma('integrity_check(1)', { simple: true });
  if (problem !== 'ok') throw damaged(file, String(problem));
  const tables = backup
    .prepare<[], { n: number }>(
      `SELECT count(*) AS n FROM sqlite_schema
       WHERE name IN ('backup', 'backup_word_lists', 'articles', 'saved_searches')`,
    )
    .get()!;
  if (tables.n !== 4) throw notABackup(file);
  const version = Number(backup.pragma('user_version', { simple: true }));
  if (version > migrations.length)
    throw new BackupError(
      `备份 ${file} 由更新的版本写成（第 ${version} 版，本程序只认到第 ${migrations.length} 版）。请先升级本程序。`,
    );
  if ((backup.pragma('foreign_key_check') as unknown[]).length > 0)
    throw new BackupError(
      `备份 ${file} 的内容对不上（文章缺了所在的文件或版面），没有动用。请换一份备份。`,
    );
  const checksum = checksumOf(backup);
  if (checksum !== null && checksum !== contentHash(backup, CHECKSUM))
    throw new BackupError(
      `备份 ${file} 的内容与它的校验和不符，备份之后被改动过，没有动用。请换一份备份。`,
    );
  const { madeAt } = z
    .object({ madeAt: z.string() })
    .parse(backup.prepare('SELECT made_at AS madeAt FROM backup').get());
  return {
    madeAt,
    isProven: checksum !== null,
    articles: count(backup, 'articles'),
    savedSearches: count(backup, 'saved_searches WHERE deleted_at IS NULL'),
    wordLists: z
      .array(wordListSchema)
      .parse(backup.prepare('SELECT name, content FROM backup_word_lists ORDER BY name').all()),
  };
}

/** Null for a backup of an earlier version. */
function checksumOf(backup: Store): string | null {
  const has = backup.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(CHECKSUM);
  if (has === undefined) return null;
  return z.string().parse(backup.prepare(`SELECT sha256 FROM ${CHECKSUM}`).pluck().get());
}

function count(store: Store, what: string): number {
  return store.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${what}`).get()!.n;
}

/**
 * Opens a backup for reading.
 * @throws BackupError when there is no such file or it is something else.
 */
export function openBackup(file: string): Store {
  let backup: Store | undefined;
  try {
    backup = new Database(file, { readonly: true, fileMustExist: true });
    backup.prepare('SELECT count(*) FROM sqlite_schema').get();
    return backup;
  } catch (cause) {
    backup?.close();
    if (cause instanceof Database.SqliteError && cause.code === 'SQLITE_NOTADB')
      throw notABackup(file, cause);
    throw new BackupError(`打不开备份 ${file}：${(cause as Error).message}`, { cause });
  }
}

function damaged(file: string, problem: string, cause?: unknown): BackupError {
  return new BackupError(`备份 ${file} 已损坏（${problem}），没有动用。请换一份备份。`, { cause });
}

function notABackup(file: string, cause?: unknown): BackupError {
  return new BackupError(`${file} 不是本程序的备份。备份由 npm run backup -- 文件 写成。`, {
    cause,
  });
}

/** 8 MB, so that progress is seen and an interrupt heard. */
const PAGES_AT_ONCE = 2_000;

export interface CopyProgress {
  /** Bytes. */
  readonly done: number;
  readonly total: number;
}

/**
 * Copies a store as it is at this moment into a new file, while others go on writing: the read
 * transaction holds the moment, without it every write would make the copying begin again.
 */
export async function copyStore(
  source: Store,
  target: string,
  onProgress: (progress: CopyProgress) => void,
): Promise<void> {
  makePrivate(target);
  const pageSize = Number(source.pragma('page_size', { simple: true }));
  source.exec('BEGIN');
  try {
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(target, {
      progress({ totalPages, remainingPages }) {
        onProgress({
          done: (totalPages - remainingPages) * pageSize,
          total: totalPages * pageSize,
        });
        return PAGES_AT_ONCE;
      },
    });
  } finally {
    source.exec('COMMIT');
  }
}

/** Opens a copy that nobody else uses yet, and leaves it as one file. */
export function changeCopy<T>(file: string, change: (copy: Store) => T): T {
  const copy = new Database(file);
  try {
    copy.pragma('journal_mode = DELETE');
    return change(copy);
  } finally {
    copy.close();
  }
}

/** Removes a database with what SQLite left beside it. */
export function removeCopy(file: string): void {
  for (const rest of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
}
