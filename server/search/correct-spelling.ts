import { createSpellingSuggester } from '../rewrites/spelling.ts';
import { timed } from '../http/request-trace.ts';
import { knownSpellings } from './known-spellings.ts';
import type { UnderstandingDependencies, UnderstoodQuery } from './understand-query.ts';
import { createTreeUnderstanding } from './understand-query.ts';

export interface Correction {
  readonly from: string;
  readonly to: string;
  readonly understood: UnderstoodQuery;
}

/** Looks for a likelier spelling of a query among the parks' names and the corpus's own words (您是不是要找). */
export function createCorrection(deps: UnderstandingDependencies) {
  const understandTree = createTreeUnderstanding(deps);
  const suggest = createSpellingSuggester(deps.analyzer);
  const known = knownSpellings(deps);

  return async function correct(
    typed: UnderstoodQuery,
    literal: readonly string[],
  ): Promise<Correction | null> {
    const { parsed } = typed;
    if (parsed === null) return null;
    const words = await known.words();
    return timed('rewrite', () => {
      const suggestion = suggest(parsed, words);
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
    });
  };
}
