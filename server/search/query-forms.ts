import type { Gazetteer } from '../../config/gazetteer.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import type { MatchForms } from '../highlight/match-spans.ts';
import type { Clause } from './clause.ts';
import { parkForms } from './park-forms.ts';

/**
 * Every spelling that counts as a match of the query, normalised: the words as they were cut, phrases
 * whole, and all names of a park. What the query excludes is not among them.
 */
export function queryForms(
  clauses: readonly Clause[],
  analyzer: Analyzer,
  gazetteer: Gazetteer,
  isStopWord: (term: string) => boolean,
): MatchForms {
  const phrases = new Set<string>();
  const words = new Set<string>();
  const numbers = new Set<string>();
  for (const literal of clauses.flatMap((clause) => clause.must)) {
    if (literal.type === 'phrase') phrases.add(normaliseText(literal.text).text.trim());
    else if (literal.type === 'words') {
      const terms = analyzer.analyze(literal.text).filter((token) => token.term !== '');
      const telling = terms.filter((token) => !isStopWord(token.term));
      for (const token of telling.length > 0 ? telling : terms) {
        words.add(normaliseText(token.text).text.trim());
        if (token.kind === 'number') numbers.add(token.term);
      }
    } else if (literal.type === 'named-park') {
      for (const form of parkForms(literal, gazetteer)) words.add(form);
    }
  }
  return {
    phrases: [...phrases].filter((form) => form !== ''),
    words: [...words].filter((form) => form !== ''),
    numbers: [...numbers],
  };
}
