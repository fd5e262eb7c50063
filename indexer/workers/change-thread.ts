import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { loadGazetteer } from '../../config/gazetteer.ts';
import { createAnalyzer } from '../analyzer/analyzer.ts';
import { loadAnalyzerWords } from '../analyzer/words.ts';
import { createDocumentBuilder } from '../documents/engine-document.ts';
import { buildChanges } from '../push/built-changes.ts';
import type { ChangeRange } from '../store/changes.ts';
import { openStoreReader } from '../store/database.ts';
import { serveItems } from './serve-items.ts';

const { dataDir } = z.object({ dataDir: z.string() }).parse(workerData);
const store = openStoreReader(dataDir);
const gazetteer = loadGazetteer();
const buildDocument = createDocumentBuilder(
  createAnalyzer(loadAnalyzerWords(gazetteer)),
  gazetteer,
);
serveItems((range: ChangeRange) => buildChanges(store, buildDocument, range));
