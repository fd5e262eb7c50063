import { fillPhrase } from '../../languages/phrase.ts';
import type { Phrase } from '../../languages/phrase.ts';

/** Put in when the code is bundled for a language; empty for simplified Chinese. */
declare const PHRASES: Readonly<Record<string, Phrase>>;

/** The phrase in the language of the page, its places filled with the values. */
export function phrase(chinese: string, ...values: readonly (string | number)[]): string {
  return fillPhrase(PHRASES[chinese] ?? chinese, values.map(String));
}
