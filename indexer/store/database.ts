import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database, { type Statement } from 'better-sqlite3';
import { makeFolder, makePrivate } from '../core/data-dir.ts';
import { fileSize, isCutShort, traceOfStore } from './lost-store.ts';
import { migrations } from './schema.ts';

export type Store = Database.Database;

/** The article store cannot be used; the message says why and what to do, in Chinese. */
class StoreError extends Error {
  override readonly name = 'StoreError';
}

/**
 * Looking at all pages of a million articles takes most of a minute, at every start. Damage in a larger
 * store shows when its pages are read, and in every backup, which is checked as a whole.
 */
const MOST_CHECKED_BYTES = 256 * 2 ** 20;

/**
 * For how long, in milliseconds, a write waits for that of another process. To wait `long`, everything else that the process
 * does stands still: that is for the command line. `briefly` goes with `writeStore`.
 */
const WAITS = { long: 30_000, briefly: 5 } as const;

/**
 * Opens (and creates or migrates) `DATA_DIR/articles.sqlite` in WAL mode.
 * Safe to open from several processes at once.
 * @throws StoreError when the file is damaged, not ours, from a newer version, or lost: missing or empty
 * although the folder holds what only a store with articles leaves.
 */
export function openStore(dataDir: string, waits: keyof typeof WAITS = 'long'): Store {
  const file = join(dataDir, 'articles.sqlite');
  let store: Store | undefined;
  try {
    makeFolder(dataDir);
    // Before SQLite opens it: it removes the write-ahead log of an empty file.
    if (fileSize(file) === 0) refuseLost(dataDir, file);
    else if (isCutShort(file)) throw damaged(file, '文件不完整，比它记载的短');
    makePrivate(file);
    store = new Database(file, { timeout: WAITS.long });
    if (isBlank(store)) refuseLost(dataDir, file);
    store.pragma('journal_mode = WAL');
    // FULL, not NORMAL: an acknowledged article must survive a power cut, and batches make it cheap.
    store.pragma('synchronous = FULL');
    store.pragma('foreign_keys = ON');
    checkIntegrity(store, file);
    migrate(store, file);
    store.pragma(`busy_timeout = ${WAITS[waits]}`);
    return store;
  } catch (cause) {
    store?.close();
    // A backup took the store's place while this waited for it.
    if (hasSqliteCode(cause, /^SQLITE_READONLY_DBMOVED$/)) return openStore(dataDir, waits);
    if (cause instanceof StoreError) throw cause;
    if (isDamage(cause)) throw damaged(file, cause.message, cause);
    throw new StoreError(
      `打不开文章库 ${file}：${reasonOf(cause)}。请检查 DATA_DIR 的位置、权限与磁盘空间，或从备份恢复。`,
      { cause },
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'DATA_DIR 没有权限',
  EPERM: 'DATA_DIR 没有权限',
  EROFS: 'DATA_DIR 所在的磁盘是只读的',
  EEXIST: 'DATA_DIR 的路径上有一个同名的文件',
  ENOTDIR: 'DATA_DIR 的路径中有一段不是文件夹',
  ENOENT: 'DATA_DIR 处不能建文件夹',
  ENOSPC: '磁盘已满',
  EDQUOT: '磁盘配额已用完',
  SQLITE_FULL: '磁盘已满',
};

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = REASONS[code];
  return reason === undefined ? message : `${reason}（${code}）`;
}

function refuseLost(dataDir: string, file: string): void {
  const trace = traceOfStore(dataDir);
  if (trace === null) return;
  throw new StoreError(
    `文章库 ${file} 不见了或是空的，而 ${trace} 说明这里有过文章。没有动用任何文件。请从备份恢复：npm run restore -- 备份文件；没有备份、或确要从头开始，请先把 ${trace} 移走留存，再启动或重新收录。`,
  );
}

/** A file in which nothing was ever written. */
function isBlank(store: Store): boolean {
  return store.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
}

/**
 * A further connection of this process that only reads; the store must have been opened before.
 * @throws StoreError when it cannot be opened.
 */
export function openStoreReader(dataDir: string): Store {
  const file = join(dataDir, 'articles.sqlite');
  try {
    return new Database(file, { timeout: WAITS.long, readonly: true });
  } catch (cause) {
    throw new StoreError(`打不开文章库 ${file}：${(cause as Error).message}`, { cause });
  }
}

function checkIntegrity(store: Store, file: string): void {
  if (sizeOf(store) > MOST_CHECKED_BYTES) return;
  // Table by table, without the grams, which are looked through in a second and made anew by a rebuild.
  const tables = store
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %'`,
    )
    .pluck()
    .all();
  for (const table of tables) {
    const result = store.pragma(`quick_check('${table}')`, { simple: true });
    if (result !== 'ok') throw damaged(file, String(result));
  }
}

function sizeOf(store: Store): number {
  const [pages, bytes] = ['page_count', 'page_size'].map((name) =>
    Number(store.pragma(name, { simple: true })),
  ) as [number, number];
  return pages * bytes;
}

function isDamage(error: unknown): error is Error {
  return hasSqliteCode(error, /^SQLITE_(?:CORRUPT|NOTADB)/);
}

function hasSqliteCode(error: unknown, code: RegExp): error is Error {
  return error instanceof Database.SqliteError && code.test(error.code);
}

function damaged(file: string, finding: string, cause?: Error): StoreError {
  return new StoreError(
    `文章库 ${file} 已损坏（${finding}）。请停止服务，把这个文件（连同 -wal、-shm）移走留存，再从备份恢复：npm run restore -- 备份文件；没有备份就重新收录原文件：npm run index -- 文件夹。`,
    { cause },
  );
}

function migrate(store: Store, file: string): void {
  const applied = Number(store.pragma('user_version', { simple: true }));
  if (applied > migrations.length)
    throw new StoreError(
      `文章库 ${file} 由更新的版本写成（第 ${applied} 版，本程序只认到第 ${migrations.length} 版）。请升级本程序。`,
    );
  store.function('utf16le', { deterministic: true }, (text) =>
    Buffer.from(String(text), 'utf16le'),
  );
  // Whoever only opens a store need not wait for those who write to it.
  if (applied === migrations.length) return;
  store
    .transaction(() => {
      // Read again under the write lock: another process may have migrated meanwhile.
      const now = Number(store.pragma('user_version', { simple: true }));
      for (const migration of migrations.slice(now)) store.exec(migration);
      store.pragma(`user_version = ${migrations.length}`);
      store
        .prepare(`INSERT INTO meta VALUES ('store-id', ?) ON CONFLICT DO NOTHING`)
        .run(newStoreId());
    })
    .immediate();
}

function newStoreId(): string {
  return randomBytes(4).toString('hex');
}

/** Gives the store another name: what an engine holds under the former one is not of this store. */
export function nameStoreAnew(store: Store): void {
  writeMeta(store, 'store-id', newStoreId());
}

/** A random name given to this store when it was made; keeps two stores apart in one engine. */
export function storeId(store: Store): string {
  return readMeta(store, 'store-id')!;
}

export function readMeta(store: Store, key: string): string | undefined {
  return valueOf<string>(store, 'SELECT value FROM meta WHERE key = ?', key);
}

export function writeMeta(store: Store, key: string, value: string): void {
  store.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value);
}

const statements = new WeakMap<Store, Map<string, Statement>>();

/**
 * The statement for that text, made once a connection: making one takes as long as reading a row. Not to
 * be iterated over, nor given another mode (`pluck`, `raw`): others use it too.
 */
export function prepared<Bind extends unknown[], Row>(
  store: Store,
  sql: string,
  isPlucked = false,
): Statement<Bind, Row> {
  const known = statements.get(store) ?? new Map<string, Statement>();
  statements.set(store, known);
  const key = `${isPlucked} ${sql}`;
  const statement = known.get(key) ?? (isPlucked ? store.prepare(sql).pluck() : store.prepare(sql));
  known.set(key, statement);
  return statement as Statement<Bind, Row>;
}

/** All rows that a query has for these values. */
export function allRows<Row>(store: Store, sql: string, ...values: unknown[]): Row[] {
  return prepared<unknown[], Row>(store, sql).all(...values);
}

export function firstRow<Row>(
  store: Store,
  sql: string,
  ...values: unknown[]
): Readonly<Row> | undefined {
  return prepared<unknown[], Row>(store, sql).get(...values);
}

/** The first column of all rows. */
export function allValues<T>(store: Store, sql: string, ...values: unknown[]): T[] {
  return prepared<unknown[], T>(store, sql, true).all(...values);
}

/** The first column of the first row. */
export function valueOf<T>(
  store: Store,
  sql: string,
  ...values: unknown[]
): Readonly<T> | undefined {
  return prepared<unknown[], T>(store, sql, true).get(...values);
}
