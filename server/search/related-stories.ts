import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { createYielder } from '../../indexer/core/yield-to-event-loop.ts';
import { bodyText, headingText } from '../../indexer/documents/indexed-text.ts';
import { parkTerm } from '../../indexer/documents/special-terms.ts';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import { shownArticles } from '../../indexer/store/shown-article.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import { openVocabulary } from '../../indexer/store/vocabulary.ts';
import { quoted } from './engine-requests.ts';
import { engineSearchAll, type SearchDependencies } from './engine-search.ts';

/** A story that has a park or significant words in common with another. */
export interface RelatedStory {
  readonly article: Pick<StoredArticle, 'id' | 'title' | 'date' | 'source'>;
  /** Names of the parks that both mention. */
  readonly parks: readonly string[];
  /** Significant words of the other's headline and keywords that stand in this one too, as printed there. */
  readonly words: readonly string[];
}

interface SignificantWord {
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
    const words = significantWords(article, index.uid);
    const answers = await engineSearchAll(
      client,
      termsToAsk(article, words).map((terms) => ({
        uid: index.uid,
        queries: [{ q: terms.map(quoted).join(' '), filters: [], terms: terms.length }],
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

  function significantWords(article: StoredArticle, uid: string): SignificantWord[] {
    const vocabulary = openVocabulary(store, uid);
    const articles = Math.max(1, vocabulary.articles());
    const parks = new Set(article.parks.map(({ name }) => name));
    const texts = [article.title, ...article.details.keywords.filter((word) => !parks.has(word))];
    const found = new Map<string, SignificantWord & { readonly articles: number }>();
    for (const { text, term } of texts.flatMap((words) => analyzer.analyze(words))) {
      if (term.length < 2 || isStopWord(term) || parks.has(text)) continue;
      const count = vocabulary.articlesWith(term);
      // The article itself is one of them.
      if (count < 2 || count > Math.max(FEWEST_WORDS, articles * COMMONEST)) continue;
      const spelling = normaliseText(text).text;
      const weight = Math.log(articles / count);
      found.set(term, { word: text, term, spelling, weight, articles: count });
    }
    return [...found.values()].sort((a, b) => a.articles - b.articles).slice(0, MAX_WORDS);
  }
}

/** Any two of the primary park and the significant words; the park alone when there are no words. */
function termsToAsk({ parks }: StoredArticle, words: readonly SignificantWord[]): string[][] {
  const terms = [...parks.slice(0, 1).map(({ id }) => parkTerm(id)), ...words.map((w) => w.term)];
  if (words.length === 0) return terms.map((term) => [term]);
  return terms.flatMap((first, at) => terms.slice(at + 1).map((second) => [first, second]));
}

async function best(
  article: StoredArticle,
  candidates: Iterable<StoredArticle>,
  words: readonly SignificantWord[],
): Promise<RelatedStory[]> {
  const seen = new Set([article.duplicateOf ?? article.id]);
  const mine = new Set(article.parks.map(({ id }) => id));
  const yieldToEventLoop = createYielder();
  const related: (RelatedStory & { readonly score: number; readonly doc: number })[] = [];
  for (const candidate of candidates) {
    await yieldToEventLoop();
    const story = candidate.duplicateOf ?? candidate.id;
    if (seen.has(story)) continue;
    seen.add(story);
    const { text } = normaliseText(`${headingText(candidate)}\n${bodyText(candidate)}`);
    const shared = words.filter(({ spelling }) => text.includes(spelling));
    const parks = candidate.parks.filter(({ id }) => mine.has(id));
    if (parks.length === 0 && shared.length < FEWEST_WORDS) continue;
    const { id, title, date, source, doc } = candidate;
    const hasSamePrimary = candidate.parks[0]?.id === article.parks[0]?.id;
    const weight = shared.reduce((sum, { weight }) => sum + weight, 0);
    related.push({
      score: weight + parks.length + (hasSamePrimary ? 1 : 0),
      doc,
      article: { id, title, date, source },
      parks: parks.map(({ name }) => name),
      words: shared.map(({ word }) => word),
    });
  }
  return related.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, SHOWN);
}
