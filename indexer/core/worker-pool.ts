import { Worker } from 'node:worker_threads';
import type { Outcome } from './serve-items.ts';

/** A page that needs more than this is broken; the thread then ends, not the process. */
const HEAP_MB = 256;
const YOUNG_MB = 48;

/** Threads that all do the same work. */
export interface WorkerPool<In, Out> {
  readonly threads: number;
  /** False while the threads still load: until then the caller does the work faster itself. */
  readonly isReady: () => boolean;
  /**
   * One outcome for each item, in their order. An item that brings its thread down fails alone; the
   * others of the same call are done again.
   * @throws (rejects) only when the pool is closed or its signal aborted meanwhile.
   */
  readonly run: (items: readonly In[]) => Promise<readonly Outcome<Out>[]>;
  /** Ends the threads at once, whatever they are at. */
  readonly close: () => Promise<void>;
}

export interface WorkerPoolOptions {
  /** The module the threads run; it calls `serveItems`. */
  readonly module: URL;
  readonly threads: number;
  /** What each thread is given as its `workerData`. */
  readonly data?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that a list of items may take; one that takes longer has brought its thread down. */
  readonly limit?: number;
}

interface Job<In, Out> {
  readonly items: readonly In[];
  readonly resolve: (outcomes: readonly Outcome<Out>[]) => void;
  readonly reject: (error: unknown) => void;
  deadline?: NodeJS.Timeout;
  isOverdue?: boolean;
}

/** Starts a thread that runs a TypeScript module with this data, and ends when its heap outgrows `heap` MB. */
export function startThread(module: URL, workerData: unknown, heap = HEAP_MB): Worker {
  const file = JSON.stringify(module.href);
  // Node 20 does not pass the TypeScript loader on to threads; a bare name would be looked for where the
  // process was started.
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const code = `import(${loader}).then(({ register }) => (register(), import(${file})))`;
  const resourceLimits = { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: YOUNG_MB };
  return new Worker(code, { eval: true, resourceLimits, workerData });
}

/** Starts the threads; they load while the caller goes on. */
export function openWorkerPool<In, Out>(options: WorkerPoolOptions): WorkerPool<In, Out> {
  const { module, threads, data, signal, limit } = options;
  const workers = new Set<Worker>();
  const idle: Worker[] = [];
  const queue: Job<In, Out>[] = [];
  const atWork = new Map<Worker, Job<In, Out>>();
  let closing: { readonly reason: Error } | null = null;

  function start(): void {
    const worker = startThread(module, data);
    let isLoaded = false;
    let reason = '处理线程意外结束';
    workers.add(worker);
    worker.on('message', (outcomes: readonly Outcome<Out>[] | 'ready') => {
      isLoaded = true;
      const job = takeFrom(worker);
      idle.push(worker);
      if (outcomes !== 'ready') job?.resolve(outcomes);
      hand();
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      reason = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? '占用内存超过上限' : error.message;
    });
    worker.on('exit', () => {
      workers.delete(worker);
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
      const job = takeFrom(worker);
      if (closing !== null) return;
      if (job?.isOverdue === true) reason = `超过 ${limit! / 1000} 秒仍未做完`;
      // One that could not even load would fail again, and again.
      if (isLoaded) start();
      if (job !== undefined) redo(job, reason);
      if (workers.size === 0) for (const left of queue.splice(0)) fail(left, reason);
    });
  }

  function takeFrom(worker: Worker): Job<In, Out> | undefined {
    const job = atWork.get(worker);
    clearTimeout(job?.deadline);
    atWork.delete(worker);
    return job;
  }

  /** Called a turn late: what was answered while this thread was busy has been heard by then. */
  function endOverdue(worker: Worker, job: Job<In, Out>): void {
    if (atWork.get(worker) !== job) return;
    job.isOverdue = true;
    void worker.terminate();
  }

  function redo(job: Job<In, Out>, reason: string): void {
    if (job.items.length === 1) fail(job, reason);
    else
      Promise.all(job.items.map((item) => run([item]))).then(
        (outcomes) => job.resolve(outcomes.flat()),
        job.reject,
      );
  }

  function fail(job: Job<In, Out>, reason: string): void {
    job.resolve(job.items.map(() => ({ type: 'failed', reason })));
  }

  function hand(): void {
    while (queue.length > 0 && idle.length > 0) {
      const job = queue.shift()!;
      const worker = idle.shift()!;
      atWork.set(worker, job);
      worker.postMessage(job.items);
      if (limit !== undefined)
        job.deadline = setTimeout(() => setImmediate(endOverdue, worker, job), limit);
    }
  }

  function run(items: readonly In[]): Promise<readonly Outcome<Out>[]> {
    return new Promise((resolve, reject) => {
      const job: Job<In, Out> = { items, resolve, reject };
      if (closing !== null) reject(closing.reason);
      else if (workers.size === 0) fail(job, '处理线程无法启动');
      else {
        queue.push(job);
        hand();
      }
    });
  }

  async function closeFor(cause: Error): Promise<void> {
    closing ??= { reason: cause };
    signal?.removeEventListener('abort', onAbort);
    for (const worker of workers) takeFrom(worker)?.reject(closing.reason);
    for (const job of queue.splice(0)) job.reject(closing.reason);
    await Promise.all([...workers].map((worker) => worker.terminate()));
  }

  function onAbort(): void {
    const cause: unknown = signal?.reason;
    void closeFor(cause instanceof Error ? cause : new Error(String(cause)));
  }

  for (let n = 0; n < threads; n += 1) start();
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  return {
    threads,
    isReady: () => idle.length + atWork.size > 0,
    run,
    close: () => closeFor(new Error('处理线程已关闭')),
  };
}
