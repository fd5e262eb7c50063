import { createHash } from 'node:crypto';
import type { Gazetteer } from '../../config/gazetteer.ts';
import { INDEX_SETTINGS, SHARD_SETTINGS } from '../../config/index-settings.ts';
import { frequentTerms } from '../analyzer/opaque.ts';
import type { AnalyzerWords } from '../analyzer/words.ts';
import { ANALYZER_VERSION } from '../analyzer/analyzer.ts';

/** To be raised when documents are built differently from the same article. */
const DOCUMENT_VERSION = 9;

/**
 * How terms are cut and written: one who asks by other rules finds nothing, or the wrong things. `listed` are
 * the terms that are written by their place in a list.
 */
export function indexRules(listed: readonly string[]): string {
  return `${ANALYZER_VERSION}/${DOCUMENT_VERSION}/${digest(listed)}`;
}

let ours: string | undefined;
const ourRules = () => (ours ??= indexRules(frequentTerms()));

/** What an index was made with: rules and documents in its first part, settings in its second. */
export function indexFingerprint(words: AnalyzerWords, gazetteer: Gazetteer): string {
  const documents = digest([
    words,
    gazetteer.parks.map((park) => [park.id, park.type, park.province]),
  ]);
  return `${ourRules()}-${documents}.${digest(INDEX_SETTINGS)}`;
}

/** The fingerprint of the same index over several engines. */
export function shardedFingerprint(fingerprint: string): string {
  return `${fingerprint}-${digest(SHARD_SETTINGS)}`;
}

/** Whether both are made of the same documents, with whatever settings. */
export function haveSameDocuments(fingerprint: string, other: string): boolean {
  return fingerprint.split('.')[0] === other.split('.')[0];
}

/** Whether an index can be asked by this program, be its words and parks today's or not. */
export function followsTheseRules(fingerprint: string): boolean {
  return fingerprint.startsWith(`${ourRules()}-`);
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
