import { workerData } from 'node:worker_threads';
import type { WordLists } from '../analyzer/word-lists.ts';
import { createAnalyzer } from '../analyzer/analyzer.ts';
import { createDocumentBuilder } from '../documents/engine-document.ts';
import type { PlacedRange } from './built-changes.ts';
import { buildChanges } from './built-changes.ts';
import { openStoreReader } from '../store/database.ts';
import { serveItems } from '../core/serve-items.ts';

/** What a thread of a change pool is given. */
export interface ChangeThreadData {
  readonly dataDir: string;
  /** The caller's own, for those in the files may be others by now. */
  readonly lists: Pick<WordLists, 'gazetteer' | 'words'>;
}

const { dataDir, lists } = workerData as ChangeThreadData;
const store = openStoreReader(dataDir);
const buildDocument = createDocumentBuilder(createAnalyzer(lists.words), lists.gazetteer);
serveItems((range: PlacedRange) => buildChanges(store, buildDocument, range));
