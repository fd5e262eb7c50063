import { createYielder } from '../core/yield-to-event-loop.ts';
import { allRows, valueOf, type Store } from './database.ts';
import { writeStore } from './write-store.ts';

/** How often each term occurs in an index: its document frequencies. Statistics, not truth: an article
 * that changes is counted again until the next rebuild. */
export interface Vocabulary {
  /** Articles of the active index that hold the term; 0 for an unknown one. */
  readonly articlesWith: (term: string) => number;
  /** Articles counted in all. */
  readonly articles: () => number;
  /** Their mean length as ranking sees them, UTF-16; 1 at least. */
  readonly averageLength: () => number;
}

/** The vocabulary of an index, read as it is asked for. */
export function openVocabulary(store: Store, uid: string): Vocabulary {
  const sql = 'SELECT articles FROM vocabulary WHERE uid = ? AND term = ?';
  const articlesWith = (term: string) => valueOf<number>(store, sql, uid, term) ?? 0;
  const articles = () => articlesWith(ALL_ARTICLES);
  return {
    articlesWith,
    articles,
    averageLength: () => Math.max(1, articlesWith(ALL_CHARACTERS) / Math.max(1, articles())),
  };
}

export interface CountedWord {
  readonly word: string;
  /** Articles that hold it. */
  readonly count: number;
}

const HAN_WORD = /^\p{Script=Han}{2,8}$/u;

const TERMS_READ_AT_ONCE = 1_000;

/** Words of two Chinese characters and more that stand in at least two articles; read as they are asked for. */
export function* wordsOfVocabulary(store: Store, uid: string): Generator<CountedWord> {
  const sql = `SELECT term AS word, articles AS count FROM vocabulary
    WHERE uid = ? AND term > ? AND articles >= 2 ORDER BY term LIMIT ${TERMS_READ_AT_ONCE}`;
  for (let after = ''; ;) {
    const words = allRows<CountedWord>(store, sql, uid, after);
    yield* words.filter(({ word }) => HAN_WORD.test(word));
    const last = words.at(-1);
    if (last === undefined) return;
    after = last.word;
  }
}

/** Words of two Chinese characters and more that begin so, the most frequent first, `limit` at most. */
export function wordsFrom(
  store: Store,
  uid: string,
  beginning: string,
  limit: number,
): CountedWord[] {
  // Only this stretch of the key is walked. One more than the limit: the beginning itself may be a character.
  return allRows<CountedWord>(
    store,
    `SELECT term AS word, articles AS count FROM vocabulary
     WHERE uid = ? AND term >= ? AND term < ? AND articles >= 2 ORDER BY articles DESC LIMIT ?`,
    uid,
    beginning,
    `${beginning}\u{10ffff}`,
    limit + 1,
  )
    .filter(({ word }) => HAN_WORD.test(word))
    .slice(0, limit);
}

/**
 * The most frequent words of two Chinese characters and more, `limit` at most; walks the whole vocabulary of
 * the index, in steps of a few milliseconds.
 */
export function* frequentWords(
  store: Store,
  uid: string,
  limit: number,
): Generator<void, CountedWord[]> {
  let words: CountedWord[] = [];
  const prune = () => (words = words.sort((a, b) => b.count - a.count).slice(0, limit));
  let read = 0;
  for (const word of wordsOfVocabulary(store, uid)) {
    words.push(word);
    if (words.length >= 2 * limit) prune();
    if (++read % TERMS_READ_AT_ONCE === 0) yield;
  }
  return prune();
}

/** How many articles of a batch hold each term. */
export interface TermCounts {
  articles: number;
  /** Of their ranking texts, UTF-16. */
  characters: number;
  readonly articlesWith: Map<string, number>;
}

export function emptyTermCounts(): TermCounts {
  return { articles: 0, characters: 0, articlesWith: new Map() };
}

/** Counts an article, whose terms are distinct, with the length of its ranking text. */
export function countTerms(counts: TermCounts, terms: readonly string[], length: number): void {
  const { articlesWith } = counts;
  counts.articles += 1;
  counts.characters += length;
  for (const term of terms) articlesWith.set(term, (articlesWith.get(term) ?? 0) + 1);
}

/** Adds `more`, of other articles, to `counts`. */
export function mergeTermCounts(counts: TermCounts, more: TermCounts): void {
  const { articlesWith } = counts;
  counts.articles += more.articles;
  counts.characters += more.characters;
  for (const [term, articles] of more.articlesWith)
    articlesWith.set(term, (articlesWith.get(term) ?? 0) + articles);
}

/** The counts in slices that are each written in some ten milliseconds, in the order of the key. */
export async function* slicesOf(counts: TermCounts): AsyncGenerator<TermCounts> {
  const { articles, characters, articlesWith } = counts;
  yield { articles, characters, articlesWith: new Map() };
  // In key order the B-tree is walked once instead of being jumped about in. Sorted by what they begin with
  // first: to sort a million terms at once takes a second.
  const byFirst = new Map<number, string[]>();
  const yieldToEventLoop = createYielder();
  for (const term of articlesWith.keys()) {
    const first = term.charCodeAt(0);
    const alike = byFirst.get(first);
    if (alike === undefined) byFirst.set(first, [term]);
    else alike.push(term);
    // To wait for what is not there takes longer than all the rest.
    const turn = yieldToEventLoop();
    if (turn !== undefined) await turn;
  }
  let slice = new Map<string, number>();
  for (const first of [...byFirst.keys()].sort((a, b) => a - b))
    for (const term of byFirst.get(first)!.sort()) {
      slice.set(term, articlesWith.get(term)!);
      if (slice.size < TERMS_A_SLICE) continue;
      yield { articles: 0, characters: 0, articlesWith: slice };
      slice = new Map();
    }
  if (slice.size > 0) yield { articles: 0, characters: 0, articlesWith: slice };
}

/** Adds counts to the vocabulary of an index. Call inside a transaction. */
export function addTermCounts(store: Store, uid: string, counts: TermCounts): void {
  const add = store.prepare(
    `INSERT INTO vocabulary VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET articles = articles + excluded.articles`,
  );
  add.run(uid, ALL_ARTICLES, counts.articles);
  add.run(uid, ALL_CHARACTERS, counts.characters);
  for (const [term, articles] of counts.articlesWith) add.run(uid, term, articles);
}

/** Forgets the vocabulary of an index that is gone, a little at a time; killed in the midst, the next call goes on. */
export async function forgetVocabulary(store: Store, uid: string): Promise<void> {
  const remove = store.prepare(
    `DELETE FROM vocabulary WHERE uid = @uid AND term IN
       (SELECT term FROM vocabulary WHERE uid = @uid ORDER BY term LIMIT ${TERMS_DELETED_AT_ONCE})`,
  );
  for (let deleted = TERMS_DELETED_AT_ONCE; deleted === TERMS_DELETED_AT_ONCE;)
    deleted = (await writeStore(store, () => remove.run({ uid }))).changes;
}

/** Some milliseconds of work: requests, and the writes of other processes, have their turn between. */
const TERMS_DELETED_AT_ONCE = 500;
const TERMS_A_SLICE = 2_000;
/** No analyzer makes an empty term, so its row can count the articles. */
const ALL_ARTICLES = '';
/** Nor one of white space. */
const ALL_CHARACTERS = ' ';
