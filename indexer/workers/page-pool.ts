import type { Gazetteer } from '../../config/gazetteer.ts';
import type { PreparedPage } from '../ledger/file-intake.ts';
import type { Page } from '../readers/page.ts';
import { openWorkerPool, type WorkerPool } from './worker-pool.ts';

/** Each thread holds its own models; more would not fit the memory the whole run may take. */
const MOST_THREADS = 3;

export type PagePool = WorkerPool<Page, PreparedPage>;

/** Threads that prepare pages as the toolchain's `preparePage` does; null where one core is all there is. */
export function openPagePool(
  gazetteer: Gazetteer,
  cores: number,
  signal?: AbortSignal,
): PagePool | null {
  const threads = Math.min(MOST_THREADS, cores);
  if (threads < 2) return null;
  const module = new URL('./page-thread.ts', import.meta.url);
  return openWorkerPool({ module, threads, data: gazetteer, signal });
}
