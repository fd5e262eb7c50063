import type { Statement } from 'better-sqlite3';
import type { Store } from './database.ts';

const statements = new WeakMap<Store, Map<string, Statement>>();

/**
 * The statement for that text, made once a connection: making one takes as long as reading a row. Not to
 * be iterated over, nor given another mode (`pluck`, `raw`): others use it too.
 */
export function prepared<Bind extends unknown[], Row>(
  store: Store,
  sql: string,
): Statement<Bind, Row> {
  const known = statements.get(store) ?? new Map<string, Statement>();
  statements.set(store, known);
  const statement = known.get(sql) ?? store.prepare(sql);
  known.set(sql, statement);
  return statement as Statement<Bind, Row>;
}
