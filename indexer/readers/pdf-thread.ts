import { parentPort, workerData } from 'node:worker_threads';
import { readPdf } from './pdf-pages.ts';

/** What the thread of `readGuarded` is given. */
export interface PdfThreadData {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const { path, bytes } = workerData as PdfThreadData;
for await (const item of readPdf(path, bytes)) parentPort?.postMessage(item);
