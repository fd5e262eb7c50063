import type { Gazetteer } from '../config/gazetteer.ts';
import { loadGazetteer } from '../config/gazetteer.ts';
import type { Analyzer } from './analyzer/analyzer.ts';
import { createAnalyzer } from './analyzer/analyzer.ts';
import { loadAnalyzerWords } from './analyzer/words.ts';
import { createAnnotators } from './annotators/annotators.ts';
import { loadSeamModel } from './articles/seam-model.ts';
import { createDocumentBuilder, type BuiltDocument } from './documents/engine-document.ts';
import { createPagePreparer } from './ingest/prepare-page.ts';
import type { PreparedPage } from './ledger/file-intake.ts';
import { indexFingerprint } from './push/index-fingerprint.ts';
import type { Page } from './readers/page.ts';
import type { StoredArticle } from './store/stored-article.ts';
import { openPagePool, type PagePool } from './workers/page-pool.ts';

/** Everything that turns pages into documents, made from the word lists and models in `config/`. */
export interface Toolchain {
  readonly gazetteer: Gazetteer;
  readonly analyzer: Analyzer;
  readonly preparePage: (page: Page) => PreparedPage;
  /** Threads that do what `preparePage` does; null where one core is all there is. */
  readonly openPagePool: (signal?: AbortSignal) => PagePool | null;
  readonly buildDocument: (article: StoredArticle) => BuiltDocument;
  /** Names what an index made with these tools holds. */
  readonly fingerprint: string;
}

/**
 * Loads the tools once; a process needs one set. The analyzer is loaded when it is first needed.
 * @throws when a file of `config/` is wrong, with file, place and remedy.
 */
export function createToolchain(): Toolchain {
  const gazetteer = loadGazetteer();
  const words = loadAnalyzerWords(gazetteer);
  let analyzer: Analyzer | undefined;
  let builder: ((article: StoredArticle) => BuiltDocument) | undefined;
  // Taking pages in needs no analyzer, and its dictionary takes 190 MB.
  const loadAnalyzer = () => (analyzer ??= createAnalyzer(words));
  return {
    gazetteer,
    get analyzer() {
      return loadAnalyzer();
    },
    preparePage: createPagePreparer(loadSeamModel(), createAnnotators(gazetteer)),
    openPagePool,
    buildDocument: (article) =>
      (builder ??= createDocumentBuilder(loadAnalyzer(), gazetteer))(article),
    fingerprint: indexFingerprint(words, gazetteer),
  };
}
