import type { Gazetteer } from '../../config/gazetteer.ts';
import { memoizeByOwner } from '../../indexer/core/caches.ts';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import type { Store } from '../../indexer/store/database.ts';
import { openVocabulary, wordsOfVocabulary } from '../../indexer/store/vocabulary.ts';
import { timed } from '../http/request-trace.ts';
import { buildSpellingIndex, type SpellingIndex } from '../rewrites/spelling-index.ts';
import { createSpellingSuggester, knownWords } from '../rewrites/spelling.ts';
import type { SearchDependencies } from './engine-search.ts';
import { workInSlices } from './slices.ts';
import type { Understanding } from './understanding.ts';

export interface Correction {
  readonly from: string;
  readonly to: string;
  readonly understood: Understanding;
}

/** Looks for a likelier spelling of a query among the parks' names and the corpus's own words (您是不是要找). */
export function createCorrection({ store, gazetteer, analyzer, queries }: SearchDependencies) {
  const suggest = createSpellingSuggester(analyzer);
  const known = knownSpellings(store)(gazetteer);

  return async function correct(
    typed: Understanding,
    literal: readonly string[],
  ): Promise<Correction | null> {
    const { parsed } = typed;
    if (parsed === null) return null;
    const words = await known.words();
    return timed('rewrite', () => {
      const suggestion = suggest(parsed, words);
      if (suggestion === null || literal.includes(suggestion.from)) return null;
      const { from, to, tree } = suggestion;
      const meant = queries.understandTree({ ...typed, parsed: tree }, literal);
      const applied = [{ type: 'spelling' as const, from, to }, ...meant.applied];
      return { from, to, understood: { ...meant, applied } };
    });
  };
}

/** While articles come in, the words are indexed so seldom that it takes no more than a hundredth of a core. */
const REST_FOR_WORK = 100;

/** The words that may have been meant: those of a store, the same for all who ask with one gazetteer. */
export const knownSpellings = memoizeByOwner((store: Store) =>
  memoizeByOwner((gazetteer: Gazetteer) => createKnownSpellings(store, gazetteer)),
);

function createKnownSpellings(store: Store, gazetteer: Gazetteer) {
  let known: { readonly words: SpellingIndex; readonly of: string } | undefined;
  let restUntil = 0;
  let generation = 0;
  let building: Promise<SpellingIndex> | undefined;

  /** What words there are hangs on; each batch of articles adds to their number. */
  function state(): string {
    const index = searchableIndex(store);
    return index === null ? '' : `${index.uid} ${openVocabulary(store, index.uid).articles()}`;
  }

  async function build(): Promise<SpellingIndex> {
    const began = performance.now();
    const of = state();
    const index = searchableIndex(store);
    const found = index === null ? [] : wordsOfVocabulary(store, index.uid);
    const words = await workInSlices(buildSpellingIndex(knownWords(gazetteer.parks, found)));
    const ended = performance.now();
    restUntil = ended + REST_FOR_WORK * (ended - began);
    // What was answered before the first was answered without any, or waited for it.
    if (known !== undefined) generation += 1;
    known = { words, of };
    return words;
  }

  function begin(): Promise<SpellingIndex> {
    building ??= build().finally(() => (building = undefined));
    // A failure is for those who wait; who does not has the former words, and the next question tries again.
    building.catch(() => undefined);
    return building;
  }

  function renewWhenOld(): void {
    if (known !== undefined && performance.now() >= restUntil && known.of !== state()) void begin();
  }

  return {
    /** The first who asks waits until they are indexed; later they are indexed anew behind the questions. */
    async words(): Promise<SpellingIndex> {
      renewWhenOld();
      return known?.words ?? begin();
    },
    /** Another number as soon as other words are known: with them a question may have another answer. */
    generation(): number {
      renewWhenOld();
      return generation;
    },
  };
}
