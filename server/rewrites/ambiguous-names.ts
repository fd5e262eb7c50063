import type { Gazetteer, Park } from '../../config/gazetteer.ts';
import { foldText, originalSpan } from '../../indexer/annotators/folded-text.ts';
import { scanField } from '../../indexer/annotators/park-evidence.ts';
import { createParkLexicon } from '../../indexer/annotators/park-lexicon.ts';
import type { QueryNode } from '../query/query.ts';
import { textsOf } from './tree-rewriting.ts';

/** A name that alone does not say which park is meant, or whether one is: 光谷. */
export interface AmbiguousName {
  /** As typed. */
  readonly text: string;
  /** In the order of the gazetteer. */
  readonly parks: readonly Park[];
}

/**
 * Builds the search for names in a rewritten query that may mean a park, to be offered beside the
 * results: `亦庄` → 北京经开区. Names that the rewriting already took for a park are not among them.
 */
export function createAmbiguityFinder(
  gazetteer: Gazetteer,
): (tree: QueryNode | null) => readonly AmbiguousName[] {
  const lexicon = createParkLexicon(gazetteer);
  const { companyFollowers, placeFollowers } = gazetteer.traps;
  const followers = [...companyFollowers, ...placeFollowers];

  return function findAmbiguousNames(tree) {
    const names = new Map<string, AmbiguousName>();
    for (const text of tree === null ? [] : textsOf(tree)) {
      const folded = foldText(text);
      let covered = 0;
      for (const { start, end, meaning } of scanField(folded.text, lexicon).candidates) {
        if (start < covered) continue;
        covered = end;
        const isPartOfOther = followers.some((word) => folded.text.startsWith(word, end));
        if (meaning.kind !== 'ambiguous' || isPartOfOther) continue;
        const span = originalSpan(folded, start, end);
        const typed = text.slice(span.start, span.end);
        names.set(meaning.name, { text: typed, parks: meaning.parks });
      }
    }
    return [...names.values()];
  };
}
