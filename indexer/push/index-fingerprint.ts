import { createHash } from 'node:crypto';
import type { Gazetteer } from '../../config/gazetteer.ts';
import { INDEX_SETTINGS } from '../../config/index-settings.ts';
import type { AnalyzerWords } from '../analyzer/words.ts';
import { ANALYZER_VERSION } from '../analyzer/analyzer.ts';

/** To be raised when documents are built differently from the same article. */
const DOCUMENT_VERSION = 5;

/** What an index was made with: documents in its first part, settings in its second. */
export function indexFingerprint(words: AnalyzerWords, gazetteer: Gazetteer): string {
  const documents = digest([
    ANALYZER_VERSION,
    DOCUMENT_VERSION,
    words,
    gazetteer.parks.map((park) => [park.id, park.type, park.province]),
  ]);
  return `${documents}.${digest(INDEX_SETTINGS)}`;
}

/** Whether both are made of the same documents, with whatever settings. */
export function haveSameDocuments(fingerprint: string, other: string): boolean {
  return fingerprint.split('.')[0] === other.split('.')[0];
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
