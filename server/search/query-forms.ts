import type { Gazetteer } from '../../config/gazetteer.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
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
): string[] {
  const forms = new Set<string>();
  for (const literal of clauses.flatMap((clause) => clause.must)) {
    if (literal.type === 'phrase') forms.add(normaliseText(literal.text).text.trim());
    else if (literal.type === 'words') {
      const terms = analyzer.analyze(literal.text).filter((token) => token.term !== '');
      const telling = terms.filter((token) => !isStopWord(token.term));
      for (const token of telling.length > 0 ? telling : terms)
        forms.add(normaliseText(token.text).text);
    } else if (literal.type === 'named-park') {
      for (const form of parkForms(literal, gazetteer)) forms.add(form);
    }
  }
  forms.delete('');
  return [...forms];
}
