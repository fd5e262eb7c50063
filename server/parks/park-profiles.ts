import type { Gazetteer, Park } from '../../config/gazetteer.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { indexedTerms } from '../../indexer/documents/indexed-terms.ts';
import { bodyText, headingText } from '../../indexer/documents/indexed-text.ts';
import { createPause } from '../../indexer/core/yield-to-event-loop.ts';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import type { ParkCount } from '../../indexer/store/article-parks.ts';
import { docsNaming, parksBeside } from '../../indexer/store/article-parks.ts';
import { latestSeq } from '../../indexer/store/changes.ts';
import type { Store } from '../../indexer/store/database.ts';
import { shownArticles } from '../../indexer/store/shown-article.ts';
import { openVocabulary } from '../../indexer/store/vocabulary.ts';
import type { CountedSample, TellingWord } from './telling-words.ts';
import { tellingWords } from './telling-words.ts';

export interface ParkProfile {
  readonly words: readonly TellingWord[];
  /** Articles that the words were counted in. */
  readonly sampled: number;
  /** The parks most often named in the same articles. */
  readonly beside: readonly ParkCount[];
}

export interface ProfileDependencies {
  readonly store: Store;
  readonly analyzer: Analyzer;
  readonly gazetteer: Gazetteer;
  readonly isStopWord: (term: string) => boolean;
}

const SAMPLE = 200;
const MOST_WORDS = 24;
const MOST_PARKS = 12;
const MOST_KEPT = 300;
/** Characters of an article in which its words are counted: analysing more holds up other requests. */
const MOST_COUNTED = 50_000;

/** What a park's articles are about and who stands beside it; worked out anew only after the corpus changed. */
export function createParkProfiles(deps: ProfileDependencies) {
  const { store, gazetteer, isStopWord } = deps;
  const kept = new Map<string, { readonly seq: number; readonly profile: Promise<ParkProfile> }>();
  const parkNames = new Set(gazetteer.parks.flatMap(namesOf));

  return function profileOf(id: string): Promise<ParkProfile> {
    const seq = latestSeq(store);
    const known = kept.get(id);
    if (known?.seq === seq) return known.profile;
    const profile = makeProfile(id);
    kept.delete(id);
    kept.set(id, { seq, profile });
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    // A failure is for those who asked; whoever asks next tries again.
    profile.catch(() => kept.delete(id));
    return profile;
  };

  async function makeProfile(id: string): Promise<ParkProfile> {
    const beside = parksBeside(store, id, MOST_PARKS);
    const index = searchableIndex(store);
    const docs = evenly(docsNaming(store, id), SAMPLE);
    if (index === null) return { words: [], sampled: 0, beside };
    const isTold = createNameCheck(gazetteer.byId.get(id), id, parkNames);
    const sample = await countWords(deps, docs, (word) => !isStopWord(word) && !isTold(word));
    const words = tellingWords(sample, openVocabulary(store, index.uid), MOST_WORDS);
    return { words, sampled: sample.articles, beside };
  }
}

/** Counted as the index counts them, or the two could not be compared. */
async function countWords(
  { store, analyzer }: ProfileDependencies,
  docs: readonly number[],
  wanted: (word: string) => boolean,
): Promise<CountedSample> {
  const found = new Map<string, number>();
  const words = new Set<string>();
  let articles = 0;
  const pause = createPause();
  for (const article of shownArticles(store, docs)) {
    await pause();
    // A story that five papers print tells no more of the park than once.
    if (article.duplicateOf !== null) continue;
    const text = `${headingText(article)}\n${bodyText(article)}`.slice(0, MOST_COUNTED);
    const tokens = analyzer.analyze(text);
    for (const { term } of tokens) if (isWord(term) && wanted(term)) words.add(term);
    for (const term of indexedTerms(analyzer, text, tokens))
      found.set(term, (found.get(term) ?? 0) + 1);
    articles += 1;
  }
  // The index also holds pieces that are words nowhere: 委会 of 管委会.
  return { articles, words: new Map([...words].map((word) => [word, found.get(word) ?? 0])) };
}

function isWord(term: string): boolean {
  return /^\p{Script=Han}{2,}$/u.test(term);
}

/** Whether a word only says which park it is: part of a name, the place, another park's name. */
function createNameCheck(park: Park | undefined, id: string, parkNames: ReadonlySet<string>) {
  const own = park === undefined ? [id] : [...namesOf(park), park.province];
  const places = park === undefined ? [] : [park.province, ...park.cities];
  return (word: string): boolean =>
    parkNames.has(word) ||
    own.some((name) => name.includes(word)) ||
    places.some((place) => word.includes(place));
}

function namesOf(park: Park): string[] {
  return [
    ...[park.name, park.fullName, ...park.aliases, ...park.ambiguousAliases],
    ...park.formerNames.map(({ name }) => name),
  ].map((name) => normaliseText(name).text);
}

/** At most `limit` of the items, evenly spread over all of them. */
function evenly<Item>(items: readonly Item[], limit: number): readonly Item[] {
  if (items.length <= limit) return items;
  return Array.from({ length: limit }, (_, at) => items[Math.floor((at * items.length) / limit)]!);
}
