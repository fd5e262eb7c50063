import { workerData } from 'node:worker_threads';
import type { Gazetteer } from '../../config/gazetteer.ts';
import { createAnnotators } from '../annotators/annotators.ts';
import { loadContinuationModel } from '../articles/continuation-model.ts';
import { createPagePreparer } from './prepare-page.ts';
import { serveItems } from '../core/serve-items.ts';

// Without the analyzer, whose dictionary takes every thread a second to load and which no page needs.
serveItems(createPagePreparer(loadContinuationModel(), createAnnotators(workerData as Gazetteer)));
