import { Worker } from 'node:worker_threads';

/** A page that needs more than this is broken; the thread then ends, not the process. */
const HEAP_MB = 256;
const YOUNG_MB = 48;

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
