import type { Gazetteer } from '../../config/gazetteer.ts';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import type { Store } from '../../indexer/store/database.ts';
import { openVocabulary, wordsOfVocabulary } from '../../indexer/store/vocabulary.ts';
import { buildSpellingIndex, type SpellingIndex } from '../rewrites/spelling-index.ts';
import { knownWords } from '../rewrites/spelling.ts';
import { workInSlices } from './slices.ts';

/** While articles come in, the words are indexed so seldom that it takes no more than a hundredth of a core. */
const REST_FOR_WORK = 100;

interface Sources {
  readonly store: Store;
  readonly gazetteer: Gazetteer;
}

/** The words that may have been meant. */
export interface KnownSpellings {
  /** The first who asks waits until they are indexed; later they are indexed anew behind the questions. */
  readonly words: () => Promise<SpellingIndex>;
  /** Another number as soon as other words are known: with them a question may have another answer. */
  readonly generation: () => number;
}

const ofStores = new WeakMap<Store, WeakMap<Gazetteer, KnownSpellings>>();

/** Those of a store, the same for all who ask with one gazetteer. */
export function knownSpellings(sources: Sources): KnownSpellings {
  const { store, gazetteer } = sources;
  const ofGazetteers = ofStores.get(store) ?? new WeakMap<Gazetteer, KnownSpellings>();
  ofStores.set(store, ofGazetteers);
  const known = ofGazetteers.get(gazetteer) ?? createKnownSpellings(sources);
  ofGazetteers.set(gazetteer, known);
  return known;
}

function createKnownSpellings({ store, gazetteer }: Sources): KnownSpellings {
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
    const words = index === null ? [] : wordsOfVocabulary(store, index.uid);
    const made = await workInSlices(buildSpellingIndex(knownWords(gazetteer.parks, words)));
    const ended = performance.now();
    restUntil = ended + REST_FOR_WORK * (ended - began);
    // What was answered before the first was answered without any, or waited for it.
    if (known !== undefined) generation += 1;
    known = { words: made, of };
    return made;
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
    words() {
      renewWhenOld();
      return known === undefined ? begin() : Promise.resolve(known.words);
    },
    generation() {
      renewWhenOld();
      return generation;
    },
  };
}
