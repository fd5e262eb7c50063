import { MeilisearchApiError } from 'meilisearch';
import { EngineError, EngineTaskError } from './engine-error.ts';

/**
 * How 1.21 speaks of a damaged index. It goes on answering `/health` with all well, so only a search, a
 * count or a task brings it to light: seen when bytes of an index file were overwritten.
 */
const DAMAGE = /MDB_(?:CORRUPTED|PAGE_NOTFOUND|INVALID|BAD_TXN|PANIC|CURSOR_FULL)|invalid state/;

/**
 * Whether this error of a search, a count or a task means that the engine's data are damaged, so that
 * `engine.discardData` and a rebuild from the article store are called for. A task that fails the same
 * way after that has another cause: do not discard twice in a row. For searches only unmistakable words
 * count, lest a query that upsets the engine costs the index.
 */
export function isDataDamage(error: unknown): boolean {
  if (error instanceof EngineTaskError)
    return error.code === 'invalid_store_file' || error.code === 'internal';
  if (error instanceof EngineError) return error.kind === 'stalled';
  if (!(error instanceof MeilisearchApiError)) return false;
  const code = error.cause?.code;
  return code === 'invalid_store_file' || (code === 'internal' && DAMAGE.test(error.message));
}
