import { MeilisearchApiError, MeilisearchRequestError } from 'meilisearch';
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
  if (error instanceof EngineError) return error.kind === 'stalled' || error.kind === 'dead-keys';
  if (!(error instanceof MeilisearchApiError)) return false;
  const code = error.cause?.code;
  return code === 'invalid_store_file' || (code === 'internal' && DAMAGE.test(error.message));
}

/** The engine's own codes for what a restart, or a rebuild of a lost index, sets right. */
const PASSING = [
  'index_not_found',
  'task_not_found',
  'too_many_search_requests',
  // Our keys go with the rest of the data, and are made again.
  'invalid_api_key',
];

/**
 * Whether the same work may succeed a little later because the engine was only away: it restarts, was
 * cut off, is overloaded, or came back without the index that was being written.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof EngineTaskError) return PASSING.includes(error.code);
  if (error instanceof EngineError) return error.retryable;
  if (error instanceof MeilisearchRequestError) return true;
  if (!(error instanceof MeilisearchApiError)) return false;
  const { status } = error.response;
  return status >= 500 || status === 408 || PASSING.includes(error.cause?.code ?? '');
}
