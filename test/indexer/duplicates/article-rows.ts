import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { dayRange } from '../../../indexer/core/day-range.ts';
import { nextSeq } from '../../../indexer/store/changes.ts';
import type { ArticleDetails } from '../../../indexer/store/stored-article.ts';
import { openStore, type Store } from '../../../indexer/store/database.ts';

export interface ArticleRow {
  readonly id: string;
  readonly text: string;
  readonly title?: string;
  readonly date?: string | null;
  readonly parks?: readonly string[];
  readonly layout?: 'story' | 'newspaper';
  readonly confidence?: number;
}

const NO_DETAILS: ArticleDetails = {
  kicker: null,
  subtitle: null,
  bylines: [],
  authors: [],
  captions: [],
  section: null,
  url: null,
  keywords: [],
  dateEvidence: '',
  confidence: 1,
  parts: [],
};

const opened: { store: Store; folder: string }[] = [];

afterEach(() => {
  for (const { store, folder } of opened.splice(0)) {
    store.close();
    rmSync(folder, { recursive: true });
  }
});

/** A new store in a folder of its own, gone after the test. */
export function temporaryStore(): Store {
  const folder = mkdtempSync(join(tmpdir(), 'duplicates-'));
  const store = openStore(folder);
  opened.push({ store, folder });
  store
    .prepare(`INSERT INTO files (id, path, fingerprint, size, taken_at) VALUES (1, '', '', 0, '')`)
    .run();
  for (const [id, layout] of [
    [1, 'story'],
    [2, 'newspaper'],
  ])
    store
      .prepare(
        `INSERT INTO pages (id, file_id, place, layout, text, metadata, set_aside, hash) VALUES (?, 1, '', ?, '', '{}', '[]', '')`,
      )
      .run(id, layout);
  return store;
}

/** Writes articles as the ledger does: a new one, or the edited form of the one with that id. */
export function put(store: Store, ...rows: readonly ArticleRow[]): void {
  const write = store.prepare(
    `INSERT INTO articles (id, file_id, page_id, position, title, text, details, date, date_precision,
       first_day, last_day, source, kind, parks, content_hash, changed_seq)
     VALUES (@id, 1, @page, 0, @title, @text, @details, @date, @precision, @first, @last, NULL, 'story',
       @parks, '', @seq)
     ON CONFLICT (id) DO UPDATE SET page_id = @page, title = @title, text = @text, details = @details,
       date = @date, date_precision = @precision, first_day = @first, last_day = @last, parks = @parks,
       changed_seq = @seq`,
  );
  store.transaction(() => {
    for (const row of rows) {
      const date = row.date ?? null;
      const days = date === null ? null : dayRange(date);
      write.run({
        id: row.id,
        page: row.layout === 'newspaper' ? 2 : 1,
        title: row.title ?? '',
        text: row.text,
        details: JSON.stringify({ ...NO_DETAILS, confidence: row.confidence ?? 1 }),
        date,
        precision:
          date === null ? 'unknown' : (['year', 'month', 'day'][date.split('-').length - 1] ?? ''),
        first: days?.first ?? null,
        last: days?.last ?? null,
        parks: JSON.stringify(
          (row.parks ?? []).map((id) => ({ id, name: id, listed: true, mentions: 1 })),
        ),
        seq: nextSeq(store),
      });
    }
  })();
}

/** Removes articles as the ledger does. */
export function remove(store: Store, ...ids: readonly string[]): void {
  store.transaction(() => {
    for (const id of ids) {
      const row = store
        .prepare<[string], { doc: number }>('SELECT doc FROM articles WHERE id = ?')
        .get(id);
      store.prepare('INSERT INTO removals VALUES (?, ?)').run(row?.doc, nextSeq(store));
      store.prepare('DELETE FROM articles WHERE id = ?').run(id);
    }
  })();
}

/** Each copy with its preferred article. */
export function grouping(store: Store): Record<string, string> {
  const rows = store
    .prepare<[], { id: string; duplicate_of: string }>(
      'SELECT id, duplicate_of FROM articles WHERE duplicate_of IS NOT NULL ORDER BY id',
    )
    .all();
  return Object.fromEntries(rows.map((row) => [row.id, row.duplicate_of]));
}
