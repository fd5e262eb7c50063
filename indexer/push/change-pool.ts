import type { BuiltChanges, PlacedRange } from './built-changes.ts';
import type { ChangeThreadData } from './change-thread.ts';
import { openWorkerPool, type WorkerPool } from '../core/worker-pool.ts';

/** What documents are made of, and their dictionary, take each thread some 100 MB. */
const MOST_THREADS = 2;

export type ChangePool = WorkerPool<PlacedRange, BuiltChanges>;

/** Threads that read changes from the store and build their documents; the engine has its turn after them. */
export function openChangePool(
  data: ChangeThreadData,
  cores: number,
  signal?: AbortSignal,
): ChangePool {
  return openWorkerPool({
    module: new URL('./change-thread.ts', import.meta.url),
    threads: Math.min(MOST_THREADS, cores),
    data,
    signal,
  });
}
