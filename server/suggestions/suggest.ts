import { headingGram, queryGramsOf } from '../../indexer/analyzer/grams.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import { latestDocsWithGrams } from '../../indexer/store/article-grams.ts';
import { duplicatesOf, newestDocs } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import { shownArticles } from '../../indexer/store/shown-article.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import type { ParkSummary, Suggestion } from '../api/park-schema.ts';
import type { ParkFinder } from '../parks/find-parks.ts';
import { fieldNamed } from '../query/query-tokens.ts';
import { createWordSuggester } from './suggest-words.ts';

const MAX_SUGGESTIONS = 8;
/** So many of each kind are sure of a place, so that none crowds out the others; together all places. */
const SURE = { park: 3, word: 3, title: 2 } as const;

/**
 * What a person may be about to type: parks, words of the corpus, recent titles, in this order.
 * Each `text` is a whole query to take the place of what is typed.
 */
export function createSuggester(
  parkList: () => readonly ParkSummary[],
  findParks: ParkFinder,
  store: Store,
  isStopWord: (term: string) => boolean,
) {
  const suggestWords = createWordSuggester(store, isStopWord);

  /** By any of their names, by pinyin or by initials: those whose name begins so first, then those that hold it. */
  function suggestParks(word: string): ParkSummary[] {
    const fitting = findParks(parkList(), word);
    const found = new Set([
      ...fitting.filter(({ name }) => name.startsWith(word)),
      ...fitting.filter(({ name }) => name.includes(word)),
      ...fitting,
    ]);
    return [...found].slice(0, MAX_SUGGESTIONS);
  }

  return async function suggest(typed: string): Promise<Suggestion[]> {
    const { head, word, field } = readTypedText(typed);
    if (field === 'date' || field === 'source') return [];
    const parks = word === '' || field === 'title' ? [] : suggestParks(word);
    const words = word === '' || field === 'park' ? [] : await suggestWords(word, MAX_SUGGESTIONS);
    const names = new Set(parks.map(({ name }) => name));
    return share([
      parks.map((park) => describePark(park, head)),
      words
        .filter((one) => !names.has(one.word))
        .map(({ word, count }) => ({ type: 'word', text: head + word, label: '', count })),
      isPlain(typed) ? suggestTitles(store, wordsOf(typed)) : [],
    ]);
  };
}

const isPlain = (typed: string) => !/["“”「」『』()（）|｜:：]|(?:^|\s)-/u.test(typed);

const wordsOf = (typed: string) => normaliseText(typed).text.split(/\s+/u).filter(Boolean);

function describePark(
  { name, province, typeLabel, articles }: ParkSummary,
  head: string,
): Suggestion {
  const label = province === '' ? typeLabel : `${province} · ${typeLabel}`;
  return { type: 'park', text: head + name, label, count: articles };
}

/** Each kind gets its places first; what one does not need goes to the others, in order. */
function share(kinds: readonly (readonly Suggestion[])[]): Suggestion[] {
  const taken = kinds.map((kind) => Math.min(kind.length, SURE[kind[0]?.type ?? 'park']));
  let left = MAX_SUGGESTIONS - taken.reduce((sum, count) => sum + count, 0);
  return kinds.flatMap((kind, at) => {
    const more = Math.max(0, Math.min(left, kind.length - taken[at]!));
    left -= more;
    return kind.slice(0, taken[at]! + more);
  });
}

/**
 * What has been typed so far, taken apart where a suggestion is to go on: `招商 -园区:貴陽` → the head
 * `招商 -园区:`, which stays, and the last word `贵阳`, normalised, the value of the field of parks.
 */
function readTypedText(typed: string) {
  let start = typed.search(/(?<!\S)\S*$/u);
  let field: ReturnType<typeof fieldNamed>;
  for (;;) {
    const rest = typed.slice(start);
    const [sign] = /^[-(（|｜]/u.exec(rest) ?? [];
    const [named = '', name = ''] = /^([^:：]+)[:：]/u.exec(rest) ?? [];
    const asked = fieldNamed(name);
    if (sign === undefined && asked === undefined) break;
    if (sign === undefined) field = asked;
    start += (sign ?? named).length;
  }
  const word = normaliseText(typed.slice(start)).text.trim();
  return { head: typed.slice(0, start), word, field };
}

/** Of so many that came last the newest are taken: a search for 高新区 has no need to look at all. */
const LATEST_ARRIVALS = 1_000;
/** That all pairs of characters are there does not say that they are side by side. */
const PROPOSED = 20;
/** Longer ones do not fit the box. */
const LONGEST_TITLE = 60;

/** The newest titles that contain all of some words, each title once, with how often it was printed. */
function suggestTitles(store: Store, words: readonly string[]): Suggestion[] {
  const grams = words.flatMap((word) => queryGramsOf(word)).map(headingGram);
  if (searchableIndex(store) === null || grams.length === 0) return [];
  const docs = newestDocs(store, latestDocsWithGrams(store, grams, LATEST_ARRIVALS), PROPOSED);
  const byTitle = new Map<string, StoredArticle>();
  for (const article of shownArticles(store, docs, 'title')) {
    const title = normaliseText(article.title).text;
    if (title.length > LONGEST_TITLE || byTitle.has(title)) continue;
    if (words.every((word) => title.includes(word))) byTitle.set(title, article);
  }
  return [...byTitle.values()].slice(0, MAX_SUGGESTIONS).map((article) => ({
    type: 'title',
    text: article.title,
    label: [article.date, article.source].filter((one) => one !== null).join(' · '),
    count: 1 + duplicatesOf(store, article).length,
  }));
}
