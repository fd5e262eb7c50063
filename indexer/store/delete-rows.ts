import type { Store } from './database.ts';
import { writeStore } from './write-store.ts';

/** Some milliseconds of work: requests, and the writes of other processes, have their turn between. */
const ROWS_AT_ONCE = 500;

/** Tables that grow with the corpus: the two columns of their primary keys, the owner first. */
const KEYS = { gram_postings: ['segment', 'gram'], vocabulary: ['uid', 'term'] } as const;

/** Deletes what belongs to an owner, a little at a time; killed in the midst, the next call goes on. */
export async function deleteRows(
  store: Store,
  table: keyof typeof KEYS,
  owner: string | number,
): Promise<void> {
  const [column, key] = KEYS[table];
  const remove = store.prepare(
    `DELETE FROM ${table} WHERE ${column} = @owner AND ${key} IN
       (SELECT ${key} FROM ${table} WHERE ${column} = @owner ORDER BY ${key} LIMIT ${ROWS_AT_ONCE})`,
  );
  for (let deleted = ROWS_AT_ONCE; deleted === ROWS_AT_ONCE;)
    deleted = (await writeStore(store, () => remove.run({ owner }))).changes;
}
