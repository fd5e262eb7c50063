import { workerData } from 'node:worker_threads';
import type { Gazetteer } from '../../config/gazetteer.ts';
import { createAnnotators } from '../annotators/annotators.ts';
import { annotatePagesAgain, type PageRange } from './annotate-again.ts';
import { openStoreReader } from '../store/database.ts';
import { serveItems } from '../core/serve-items.ts';

/** What a thread of an annotation pool is given. */
export interface AnnotationThreadData {
  readonly dataDir: string;
  readonly gazetteer: Gazetteer;
}

const { dataDir, gazetteer } = workerData as AnnotationThreadData;
const store = openStoreReader(dataDir);
const annotators = createAnnotators(gazetteer);
serveItems((range: PageRange) => annotatePagesAgain(store, annotators, range));
