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

/** Everything that turns pages into documents, made from the word lists and models in `config/`. */
export interface Toolchain {
  readonly gazetteer: Gazetteer;
  readonly analyzer: Analyzer;
  readonly preparePage: (page: Page) => PreparedPage;
  readonly buildDocument: (article: StoredArticle) => BuiltDocument;
  /** Names what an index made with these tools holds. */
  readonly fingerprint: string;
}

/**
 * Loads the tools once; a process needs one set.
 * @throws when a file of `config/` is wrong, with file, place and remedy.
 */
export function createToolchain(): Toolchain {
  const gazetteer = loadGazetteer();
  const words = loadAnalyzerWords(gazetteer);
  const analyzer = createAnalyzer(words);
  return {
    gazetteer,
    analyzer,
    preparePage: createPagePreparer(loadSeamModel(), createAnnotators(gazetteer)),
    buildDocument: createDocumentBuilder(analyzer, gazetteer),
    fingerprint: indexFingerprint(words, gazetteer),
  };
}
