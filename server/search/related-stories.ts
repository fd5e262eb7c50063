import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { bodyText, headingText } from '../../indexer/documents/indexed-text.ts';
import { parkTerm } from '../../indexer/documents/special-terms.ts';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import { createPause } from '../../indexer/core/yield-to-event-loop.ts';
import { shownArticles } from '../../indexer/store/shown-article.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import { openVocabulary } from '../../indexer/store/vocabulary.ts';
import type { EngineQuery } from './engine-query.ts';
import { quoted } from './engine-query.ts';
import { engineSearchAll } from './engine-search.ts';
import type { SearchDependencies } from './dependencies.ts';

/** A story that has a park or telling words in common with another. */
export interface RelatedStory {
  readonly article: Pick<StoredArticle, 'id' | 'title' | 'date' | 'source'>;
  /** Names of the parks that both mention. */
  readonly parks: readonly string[];
  /** Telling words of the other's headline and keywords that stand in this one too, as printed there. */
  readonly words: readonly string[];
}

interface TellingWord {
  readonly word: string;
  readonly term: string;
  readonly spelling: string;
  readonly weight: number;
}

const SHOWN = 5;
/** With the park they make ten pairs, a query each. */
const MAX_WORDS = 4;
const CANDIDATES_A_PAIR = 10;
/** A word in more articles than that share tells nothing. */
const COMMONEST = 0.25;
/** One word in common is chance. */
const FEWEST_WORDS = 2;

/**
 * Finds stories like an article, best first, with one request to the engine: its primary park and the
 * rarest words of its headline and keywords. The article's own duplicates are left out, and of other
 * stories' duplicates all but one.
 * Before there is an index nothing is related. Rejects as `engineSearch` does.
 */
export function createRelatedStories({
  store,
  client,
  analyzer,
  isStopWord,
}: Pick<SearchDependencies, 'store' | 'client' | 'analyzer' | 'isStopWord'>) {
  return async function findRelated(
    article: StoredArticle,
    signal?: AbortSignal,
  ): Promise<RelatedStory[]> {
    const index = searchableIndex(store);
    if (index === null) return [];
    const words = tellingWords(article, index.uid);
    const answers = await engineSearchAll(
      client,
      queriesFor(article, words).map((query) => ({
        uid: index.uid,
        queries: [query],
        filters: [],
        sort: 'relevance',
        offset: 0,
        limit: CANDIDATES_A_PAIR,
        facets: [],
      })),
      signal,
    );
    const docs = [...new Set(answers.flatMap((answer) => answer.docs))];
    return best(article, shownArticles(store, docs, 'beginning'), words);
  };

  function tellingWords(article: StoredArticle, uid: string): TellingWord[] {
    const vocabulary = openVocabulary(store, uid);
    const articles = Math.max(1, vocabulary.articles());
    const parks = new Set(article.parks.map(({ name }) => name));
    const texts = [article.title, ...article.details.keywords.filter((word) => !parks.has(word))];
    const found = new Map<string, TellingWord & { readonly articles: number }>();
    for (const { text, term } of texts.flatMap((words) => analyzer.analyze(words))) {
      if (term.length < 2 || isStopWord(term) || parks.has(text)) continue;
      const count = vocabulary.articlesWith(term);
      // The article itself is one of them.
      if (count < 2 || count > Math.max(FEWEST_WORDS, articles * COMMONEST)) continue;
      const spelling = normaliseText(text).text;
      found.set(term, {
        word: text,
        term,
        spelling,
        weight: Math.log(articles / count),
        articles: count,
      });
    }
    return [...found.values()].sort((a, b) => a.articles - b.articles).slice(0, MAX_WORDS);
  }
}

/** Any two of the primary park and the telling words; the park alone when there are no words. */
function queriesFor(article: StoredArticle, words: readonly TellingWord[]): EngineQuery[] {
  const primary = article.parks[0];
  const terms = [
    ...(primary === undefined ? [] : [parkTerm(primary.id)]),
    ...words.map(({ term }) => term),
  ].map(quoted);
  const asked =
    words.length === 0
      ? terms.map((term) => [term])
      : terms.flatMap((first, at) => terms.slice(at + 1).map((second) => [first, second]));
  return asked.map((pair) => ({ q: pair.join(' '), filters: [], terms: pair.length }));
}

async function best(
  article: StoredArticle,
  candidates: Iterable<StoredArticle>,
  words: readonly TellingWord[],
): Promise<RelatedStory[]> {
  const seen = new Set([article.duplicateOf ?? article.id]);
  const mine = new Set(article.parks.map(({ id }) => id));
  const pause = createPause();
  const related: { readonly score: number; readonly story: RelatedStory; readonly doc: number }[] =
    [];
  for (const candidate of candidates) {
    await pause();
    const story = candidate.duplicateOf ?? candidate.id;
    if (seen.has(story)) continue;
    seen.add(story);
    const { text } = normaliseText(`${headingText(candidate)}\n${bodyText(candidate)}`);
    const shared = words.filter(({ spelling }) => text.includes(spelling));
    const parks = candidate.parks.filter(({ id }) => mine.has(id));
    if (parks.length === 0 && shared.length < FEWEST_WORDS) continue;
    const score =
      shared.reduce((sum, { weight }) => sum + weight, 0) +
      parks.length +
      (candidate.parks[0]?.id === article.parks[0]?.id ? 1 : 0);
    related.push({
      score,
      doc: candidate.doc,
      story: {
        article: {
          id: candidate.id,
          title: candidate.title,
          date: candidate.date,
          source: candidate.source,
        },
        parks: parks.map(({ name }) => name),
        words: shared.map(({ word }) => word),
      },
    });
  }
  return related
    .sort((a, b) => b.score - a.score || a.doc - b.doc)
    .slice(0, SHOWN)
    .map(({ story }) => story);
}
