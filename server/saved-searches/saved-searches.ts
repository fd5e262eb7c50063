import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { nanoid } from 'nanoid';
import { z } from 'zod';
import type { Store } from '../../indexer/store/database.ts';
import { QuotaError } from './quota.ts';
import type { SavedIntent } from './saved-intent.ts';
import { namedParkSchema } from './saved-intent.ts';

export interface SavedSearch extends SavedIntent {
  readonly id: string;
  readonly name: string;
  /** The arrival number up to which articles were there when it was saved. */
  readonly arrived: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Enough for a city's worth of readers; a client that saves for ever must not fill the disk. */
export const MAX_SAVED_SEARCHES = 100_000;

/** Of one client: some readers behind one address, but not a machine that saves without end. */
export const MAX_SAVED_BY_CLIENT = 500;

/** How long a deleted search can be brought back. */
const KEPT_DELETED_DAYS = 30;

const COLUMNS = 'id, name, query, parks, arrived, created_at AS createdAt, updated_at AS updatedAt';

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  query: z.string(),
  parks: z.string(),
  arrived: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/**
 * Keeps a search; the token that allows changes is returned once and only its hash is kept. Searches that
 * were deleted make room, the oldest first.
 * @param client whose quota it counts to; null: nobody's
 * @throws QuotaError
 */
export function saveSearch(
  store: Store,
  input: SavedIntent & { readonly name: string; readonly arrived: number },
  client: string | null,
): { saved: SavedSearch; token: string } {
  const token = randomBytes(24).toString('base64url');
  const now = new Date().toISOString();
  const saved: SavedSearch = { ...input, id: nanoid(10), createdAt: now, updatedAt: now };
  store
    .transaction(() => {
      store
        .prepare(
          `DELETE FROM saved_searches WHERE deleted_at < datetime('now', '-${KEPT_DELETED_DAYS} days')`,
        )
        .run();
      if (client !== null) {
        makeRoom(store, {
          where: 'client = ?',
          values: [client],
          most: MAX_SAVED_BY_CLIENT,
          message: `同一网络地址最多保存 ${MAX_SAVED_BY_CLIENT} 个检索，现在已满：请先删除不用的`,
        });
        makeRoom(store, {
          where: 'true',
          values: [],
          most: MAX_SAVED_SEARCHES,
          message: `最多保存 ${MAX_SAVED_SEARCHES} 个检索，现在已满：请管理员删除不用的`,
        });
      }
      store
        .prepare(
          `INSERT INTO saved_searches (id, name, query, parks, arrived, token_hash, created_at, updated_at, client)
           VALUES (@id, @name, @query, @parks, @arrived, @tokenHash, @createdAt, @updatedAt, @client)`,
        )
        .run({ ...saved, parks: JSON.stringify(saved.parks), tokenHash: hashToken(token), client });
    })
    .immediate();
  return { saved, token };
}

interface Quota {
  readonly where: string;
  readonly values: readonly string[];
  readonly most: number;
  readonly message: string;
}

/** Leaves a place free below the limit. @throws QuotaError when none is free and nothing deleted can go for it. */
function makeRoom(store: Store, { where, values, most, message }: Quota): void {
  const { n } = store
    .prepare<string[], { n: number }>(`SELECT count(*) AS n FROM saved_searches WHERE ${where}`)
    .get(...values)!;
  if (n < most) return;
  const { changes } = store
    .prepare(
      `DELETE FROM saved_searches WHERE id = (SELECT id FROM saved_searches
       WHERE ${where} AND deleted_at IS NOT NULL ORDER BY deleted_at LIMIT 1)`,
    )
    .run(...values);
  if (changes === 0) throw new QuotaError('too-many-saved-searches', message);
}

/** The saved search of that id, or null when there is none or it was deleted. */
export function findSavedSearch(store: Store, id: string): SavedSearch | null {
  const row = store
    .prepare(`SELECT ${COLUMNS} FROM saved_searches WHERE id = ? AND deleted_at IS NULL`)
    .get(id);
  if (row === undefined) return null;
  const { parks, ...saved } = rowSchema.parse(row);
  return { ...saved, parks: z.array(namedParkSchema).parse(JSON.parse(parks)) };
}

/** Whether the token is the one that was handed out with this search, deleted or not; in constant time. */
export function ownsSavedSearch(store: Store, id: string, token: string): boolean {
  const row = store
    .prepare<[string], { tokenHash: string }>(
      'SELECT token_hash AS tokenHash FROM saved_searches WHERE id = ?',
    )
    .get(id);
  if (row === undefined) return false;
  return timingSafeEqual(Buffer.from(row.tokenHash), Buffer.from(hashToken(token)));
}

/** Changes name, query or both; returns the new state. */
export function changeSavedSearch(
  store: Store,
  saved: SavedSearch,
  change: Partial<SavedIntent & { readonly name: string }>,
): SavedSearch {
  const changed: SavedSearch = { ...saved, ...change, updatedAt: new Date().toISOString() };
  store
    .prepare(
      `UPDATE saved_searches SET name = @name, query = @query, parks = @parks, updated_at = @updatedAt
       WHERE id = @id`,
    )
    .run({ ...changed, parks: JSON.stringify(changed.parks) });
  return changed;
}

/**
 * Deletes the search for everyone; {@link restoreSavedSearch} brings it back for a month. Its webhook, and
 * what waits to be sent, is gone for good.
 */
export function deleteSavedSearch(store: Store, id: string): void {
  store
    .transaction(() => {
      store.prepare("UPDATE saved_searches SET deleted_at = datetime('now') WHERE id = ?").run(id);
      store.prepare('DELETE FROM webhooks WHERE search_id = ?').run(id);
    })
    .immediate();
}

/** Undoes a deletion; null when there is nothing left to bring back. */
export function restoreSavedSearch(store: Store, id: string): SavedSearch | null {
  store.prepare('UPDATE saved_searches SET deleted_at = NULL WHERE id = ?').run(id);
  return findSavedSearch(store, id);
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
