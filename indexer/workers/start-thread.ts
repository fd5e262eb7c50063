import { Worker } from 'node:worker_threads';

/** A page that needs more than this is broken; the thread then ends, not the process. */
const HEAP_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 48 };

/** Starts a thread that runs a TypeScript module with this data. */
export function startThread(module: URL, workerData: unknown): Worker {
  const file = JSON.stringify(module.href);
  // Node 20 does not pass the TypeScript loader on to threads.
  const code = `import('tsx/esm/api').then(({ register }) => (register(), import(${file})))`;
  return new Worker(code, { eval: true, resourceLimits: HEAP_LIMITS, workerData });
}
