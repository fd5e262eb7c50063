import type { PageRange, ReannotatedArticle } from './annotate-again.ts';
import type { AnnotationThreadData } from './annotation-thread.ts';
import { openWorkerPool, type WorkerPool } from '../core/worker-pool.ts';

const MOST_THREADS = 3;

export type AnnotationPool = WorkerPool<PageRange, readonly ReannotatedArticle[]>;

/** Threads that annotate stored articles again; one core is left to those who search meanwhile. */
export function openAnnotationPool(
  data: AnnotationThreadData,
  cores: number,
  signal?: AbortSignal,
): AnnotationPool {
  return openWorkerPool({
    module: new URL('./annotation-thread.ts', import.meta.url),
    threads: Math.max(1, Math.min(MOST_THREADS, cores - 1)),
    data,
    signal,
  });
}
