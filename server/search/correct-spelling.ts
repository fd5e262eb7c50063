import { searchableIndex } from '../../indexer/push/index-registry.ts';
import { wordsOfVocabulary } from '../../indexer/store/vocabulary.ts';
import { createSpellingSuggester } from '../rewrites/spelling.ts';
import type { UnderstandingDependencies, UnderstoodQuery } from './understand-query.ts';
import { createTreeUnderstanding } from './understand-query.ts';

export interface Correction {
  readonly from: string;
  readonly to: string;
  readonly understood: UnderstoodQuery;
}

/** Looks for a likelier spelling of a query among the parks' names and the corpus's own words (您是不是要找). */
export function createCorrection(deps: UnderstandingDependencies) {
  const { store, analyzer, gazetteer } = deps;
  const understandTree = createTreeUnderstanding(deps);
  const suggest = createSpellingSuggester({
    parks: gazetteer.parks,
    analyzer,
    vocabulary: () => {
      const index = searchableIndex(store);
      return index === null ? [] : wordsOfVocabulary(store, index.uid);
    },
  });

  return function correct(typed: UnderstoodQuery, literal: readonly string[]): Correction | null {
    const suggestion = typed.parsed === null ? null : suggest(typed.parsed);
    if (suggestion === null || literal.includes(suggestion.from)) return null;
    const { from, to } = suggestion;
    const understood = understandTree(suggestion.tree, literal);
    return {
      from,
      to,
      understood: {
        ...understood,
        applied: [{ type: 'spelling', from, to }, ...understood.applied],
      },
    };
  };
}
