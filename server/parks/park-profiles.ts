import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { createYielder } from '../../indexer/core/yield-to-event-loop.ts';
import { indexedTerms } from '../../indexer/documents/indexed-terms.ts';
import { bodyText, headingText } from '../../indexer/documents/indexed-text.ts';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import { docsNaming, coMentionedParks, type ParkCount } from '../../indexer/store/article-parks.ts';
import { shownArticles } from '../../indexer/store/shown-article.ts';
import { openVocabulary } from '../../indexer/store/vocabulary.ts';
import { allNames } from '../rewrites/park-names.ts';
import { createAnswerCache } from '../search/answer-cache.ts';
import type { SearchDependencies } from '../search/engine-search.ts';
import { significantTerms, type CountedSample, type SignificantTerm } from './significant-terms.ts';

export interface ParkProfile {
  readonly words: readonly SignificantTerm[];
  /** Articles that the words were counted in. */
  readonly sampled: number;
  /** The parks most often named in the same articles. */
  readonly beside: readonly ParkCount[];
}

const SAMPLE = 200;
const MOST_WORDS = 24;
const MOST_PARKS = 12;
/** Profiles. */
const CACHE_SIZE = 300;
/** Characters of an article in which its words are counted: analysing more holds up other requests. */
const MOST_COUNTED = 50_000;

/** What a park's articles are about and who stands beside it; worked out anew only after the corpus changed. */
export function createParkProfiles({
  store,
  analyzer,
  gazetteer,
  isStopWord,
}: Pick<SearchDependencies, 'store' | 'analyzer' | 'gazetteer' | 'isStopWord'>) {
  const profileOnce = createAnswerCache<ParkProfile>(store, { cacheSize: CACHE_SIZE });
  const normalised = (names: readonly string[]) => names.map((name) => normaliseText(name).text);
  const parkNames = new Set(gazetteer.parks.flatMap((park) => normalised(allNames(park))));

  return function profileOf(id: string): Promise<ParkProfile> {
    return profileOnce(id, async () => {
      const beside = coMentionedParks(store, id, MOST_PARKS);
      const index = searchableIndex(store);
      if (index === null) return { words: [], sampled: 0, beside };
      const sample = await countWords(evenly(docsNaming(store, id), SAMPLE), namesPark(id));
      const words = significantTerms(sample, openVocabulary(store, index.uid), MOST_WORDS);
      return { words, sampled: sample.articles, beside };
    });
  };

  /** Whether a word only says which park it is: part of a name, the place, another park's name. */
  function namesPark(id: string): (word: string) => boolean {
    const park = gazetteer.byId.get(id);
    const own = park === undefined ? [id] : [...normalised(allNames(park)), park.province];
    const places = park === undefined ? [] : [park.province, ...park.cities];
    return (word) =>
      parkNames.has(word) ||
      own.some((name) => name.includes(word)) ||
      places.some((place) => word.includes(place));
  }

  /** Counted as the index counts them, or the two could not be compared. */
  async function countWords(
    docs: readonly number[],
    isUnwanted: (word: string) => boolean,
  ): Promise<CountedSample> {
    const found = new Map<string, number>();
    const words = new Set<string>();
    let articles = 0;
    const yieldToEventLoop = createYielder();
    for (const article of shownArticles(store, docs)) {
      await yieldToEventLoop();
      // A story that five papers print tells no more of the park than once.
      if (article.duplicateOf !== null) continue;
      const text = `${headingText(article)}\n${bodyText(article)}`.slice(0, MOST_COUNTED);
      const tokens = analyzer.analyze(text);
      for (const { term } of tokens)
        if (HAN_WORD.test(term) && !isStopWord(term) && !isUnwanted(term)) words.add(term);
      for (const term of indexedTerms(analyzer, text, tokens))
        found.set(term, (found.get(term) ?? 0) + 1);
      articles += 1;
    }
    // The index also holds pieces that are words nowhere: 委会 of 管委会.
    return { articles, words: new Map([...words].map((word) => [word, found.get(word) ?? 0])) };
  }
}

const HAN_WORD = /^\p{Script=Han}{2,}$/u;

/** At most `limit` of the items, evenly spread over all of them. */
function evenly<Item>(items: readonly Item[], limit: number): readonly Item[] {
  if (items.length <= limit) return items;
  return Array.from({ length: limit }, (_, at) => items[Math.floor((at * items.length) / limit)]!);
}
