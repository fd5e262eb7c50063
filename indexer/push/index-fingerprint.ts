import { createHash } from 'node:crypto';
import type { Gazetteer } from '../../config/gazetteer.ts';
import { INDEX_SETTINGS } from '../../config/index-settings.ts';
import type { AnalyzerWords } from '../analyzer/words.ts';
import { ANALYZER_VERSION } from '../analyzer/analyzer.ts';

/** To be raised when documents are built differently from the same article. */
const DOCUMENT_VERSION = 4;

/** Changes exactly when an index made before would hold other documents or settings than one made now. */
export function indexFingerprint(words: AnalyzerWords, gazetteer: Gazetteer): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        ANALYZER_VERSION,
        DOCUMENT_VERSION,
        INDEX_SETTINGS,
        words,
        gazetteer.parks.map((park) => [park.id, park.type, park.province]),
      ]),
    )
    .digest('hex')
    .slice(0, 16);
}
