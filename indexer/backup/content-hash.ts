import { createHash } from 'node:crypto';
import type { Store } from '../store/database.ts';

/** What a row may hold. */
type Stored = null | bigint | string | Buffer;

/**
 * SHA-256 of all that a database says, as hexadecimal digits: its schema and every row of every table but
 * `except`, read one by one. However the pages of the file lie, the same content has the same hash.
 */
export function contentHash(store: Store, except: string): string {
  const hash = createHash('sha256');
  const add = (rows: Iterable<readonly Stored[]>): void => {
    for (const row of rows) hash.update(Buffer.concat(row.flatMap(encode)));
  };
  hash.update(`${String(store.pragma('user_version', { simple: true }))}\n`);
  const tables = store
    .prepare<[string], { name: string; type: string; sql: string | null }>(
      'SELECT name, type, sql FROM sqlite_schema WHERE tbl_name <> ? ORDER BY type, name',
    )
    .all(except);
  for (const { name, type, sql } of tables) {
    add([[type, name, sql]]);
    if (type !== 'table') continue;
    const rows = store.prepare<[], Stored[]>(
      `SELECT * FROM "${name}" ORDER BY ${orderOf(store, name)}`,
    );
    // Numbers as they are stored: those past 2^53 would be rounded.
    add(rows.raw().safeIntegers().iterate());
  }
  return hash.digest('hex');
}

/** The columns of the primary key, in whose order a table lies on the disk, so that nothing needs sorting. */
function orderOf(store: Store, table: string): string {
  const key = (store.pragma(`table_info("${table}")`) as { name: string; pk: number }[])
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map(({ name }) => `"${name}"`);
  return key.length > 0 ? key.join(', ') : 'rowid';
}

/** Type and length before each value, so that no two rows run together to the same bytes. */
function encode(value: Stored): Buffer[] {
  if (value === null) return [Buffer.from('null;')];
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value));
  return [Buffer.from(`${typeof value}${bytes.length}:`), bytes];
}
