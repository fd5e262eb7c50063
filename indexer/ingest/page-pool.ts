import type { Gazetteer } from '../../config/gazetteer.ts';
import type { PreparedPage } from './changes.ts';
import type { Page } from '../readers/page.ts';
import { openWorkerPool, type WorkerPool } from '../core/worker-pool.ts';

/** Each thread holds its own models; more would not fit the memory the whole run may take. */
const MOST_THREADS = 3;

export type PagePool = WorkerPool<Page, PreparedPage>;

export type OpenPagePool = (need: 'speed' | 'guard', signal?: AbortSignal) => PagePool | null;

/** Of a list of pages: far more than the slowest page that a paper prints. */
const LIMIT_MS = 60_000;

/**
 * Threads that prepare pages as the toolchain's `preparePage` does: to be faster, null where one core is
 * all there is, or to guard this thread against a page that takes too long.
 */
export function openPagePool(
  gazetteer: Gazetteer,
  need: 'speed' | 'guard',
  cores: number,
  signal?: AbortSignal,
): PagePool | null {
  if (need === 'speed' && cores < 2) return null;
  const threads = Math.min(MOST_THREADS, cores);
  const module = new URL('./page-thread.ts', import.meta.url);
  return openWorkerPool({ module, threads, data: gazetteer, signal, limit: LIMIT_MS });
}
