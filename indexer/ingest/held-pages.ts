import { deserialize, serialize } from 'node:v8';
import type { Store } from '../store/database.ts';
import type { PreparedPage } from './changes.ts';

/** Pages of a file that wait for its end, in lists as they came. */
export interface HeldPages {
  readonly hold: (pages: readonly PreparedPage[]) => void;
  /** The lists, one read at a time; each is forgotten when the next is read. */
  readonly lists: () => Generator<readonly PreparedPage[]>;
}

/** Keeps pages in a temporary table of this connection: on disk when they are many, and gone with the process. */
export function createHeldPages(store: Store, fileId: number): HeldPages {
  store.exec(
    'CREATE TEMP TABLE IF NOT EXISTS held_pages (n INTEGER PRIMARY KEY, file_id INTEGER, pages BLOB)',
  );
  store.prepare('DELETE FROM held_pages WHERE file_id = ?').run(fileId);
  const insert = store.prepare('INSERT INTO held_pages (file_id, pages) VALUES (?, ?)');
  const first = store.prepare<[number], { n: number; pages: Buffer }>(
    'SELECT n, pages FROM held_pages WHERE file_id = ? ORDER BY n LIMIT 1',
  );
  const forget = store.prepare('DELETE FROM held_pages WHERE n = ?');
  return {
    hold: (pages) => void insert.run(fileId, serialize(pages)),
    *lists() {
      for (let row = first.get(fileId); row !== undefined; row = first.get(fileId)) {
        yield deserialize(row.pages) as PreparedPage[];
        forget.run(row.n);
      }
    },
  };
}
