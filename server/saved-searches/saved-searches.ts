import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Store } from '../../indexer/store/database.ts';
import { nanoid } from 'nanoid';

export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  /** The query string of a search page. */
  readonly query: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface Row extends SavedSearch {
  readonly tokenHash: string;
}

const COLUMNS =
  'id, name, query, token_hash AS tokenHash, created_at AS createdAt, updated_at AS updatedAt';

/** Keeps a search; the token that allows changes is returned once and only its hash is kept. */
export function saveSearch(
  store: Store,
  input: { name: string; query: string },
): { saved: SavedSearch; token: string } {
  const token = randomBytes(24).toString('base64url');
  const now = new Date().toISOString();
  const saved: SavedSearch = {
    id: nanoid(10),
    name: input.name,
    query: input.query,
    createdAt: now,
    updatedAt: now,
  };
  store
    .prepare('INSERT INTO saved_searches VALUES (?, ?, ?, ?, ?, ?)')
    .run(saved.id, saved.name, saved.query, hashToken(token), now, now);
  return { saved, token };
}

/** The saved search of that id, or null. */
export function findSavedSearch(store: Store, id: string): SavedSearch | null {
  const row = selectRow(store, id);
  if (row === undefined) return null;
  const { tokenHash: _, ...saved } = row;
  return saved;
}

/** Whether the token is the one that was handed out with this saved search; in constant time. */
export function ownsSavedSearch(store: Store, id: string, token: string): boolean {
  const row = selectRow(store, id);
  if (row === undefined) return false;
  return timingSafeEqual(Buffer.from(row.tokenHash), Buffer.from(hashToken(token)));
}

/** Changes name, query or both; returns the new state. */
export function changeSavedSearch(
  store: Store,
  saved: SavedSearch,
  change: { name?: string | undefined; query?: string | undefined },
): SavedSearch {
  const changed: SavedSearch = {
    ...saved,
    name: change.name ?? saved.name,
    query: change.query ?? saved.query,
    updatedAt: new Date().toISOString(),
  };
  store
    .prepare('UPDATE saved_searches SET name = ?, query = ?, updated_at = ? WHERE id = ?')
    .run(changed.name, changed.query, changed.updatedAt, changed.id);
  return changed;
}

export function deleteSavedSearch(store: Store, id: string): void {
  store.prepare('DELETE FROM saved_searches WHERE id = ?').run(id);
}

function selectRow(store: Store, id: string): Row | undefined {
  return store.prepare<[string], Row>(`SELECT ${COLUMNS} FROM saved_searches WHERE id = ?`).get(id);
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
