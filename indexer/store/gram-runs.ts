import type { GramBlock, Posting } from './gram-blocks.ts';
import { packPostings, unpackBlock } from './gram-blocks.ts';

/** The grams of an article as codes, each once. */
export interface ArticleGrams {
  readonly doc: number;
  readonly codes: Float64Array;
}

/** The grams of some articles, sorted; runs are put together by `mergePostings`. */
export interface GramRun {
  readonly articles: number;
  readonly blocks: readonly GramBlock[];
}

/** Articles that one run can hold: with a code of 37 bits a place of 16 is still an exact number. */
const PLACES = 2 ** 16;

/**
 * Sorts the grams of articles.
 * @throws RangeError for more than 65,536 of them.
 */
export function toGramRun(articles: readonly ArticleGrams[]): GramRun {
  return { articles: articles.length, blocks: [...packPostings(postingsOf(articles))] };
}

/** The postings of a run, by ascending gram. */
export function* postingsInRun({ blocks }: GramRun): Generator<Posting> {
  for (const block of blocks) yield* unpackBlock(block);
}

/** Postings of several origins, each by ascending gram, as one such row. */
export function* mergePostings(origins: readonly Iterator<Posting>[]): Generator<Posting> {
  let heads: { origin: Iterator<Posting>; posting: Posting }[] = [];
  for (const origin of origins) {
    const next = origin.next();
    if (next.done !== true) heads.push({ origin, posting: next.value });
  }
  while (heads.length > 0) {
    let gram = Infinity;
    for (const { posting } of heads) if (posting.gram < gram) gram = posting.gram;
    const lists: (readonly number[])[] = [];
    let isAnyAtEnd = false;
    for (const head of heads) {
      if (head.posting.gram !== gram) continue;
      lists.push(head.posting.docs);
      const next = head.origin.next();
      if (next.done === true) isAnyAtEnd = true;
      else head.posting = next.value;
    }
    yield { gram, docs: lists.length === 1 ? lists[0]! : union(lists) };
    if (isAnyAtEnd) heads = heads.filter(({ posting }) => posting.gram > gram);
  }
}

function* postingsOf(articles: readonly ArticleGrams[]): Generator<Posting> {
  const latest = new Map(articles.map(({ doc, codes }) => [doc, codes]));
  const docs = [...latest.keys()].sort((a, b) => a - b);
  if (docs.length > PLACES) throw new RangeError(`${docs.length} articles in one run`);
  const keys = new Float64Array(docs.reduce((sum, doc) => sum + latest.get(doc)!.length, 0));
  let filled = 0;
  docs.forEach((doc, place) => {
    for (const code of latest.get(doc)!) keys[filled++] = code * PLACES + place;
  });
  // Numbers sort ten times as fast as pairs of them.
  keys.sort();
  let gram = -1;
  let holders: number[] = [];
  for (const key of keys) {
    const code = Math.floor(key / PLACES);
    if (code !== gram) {
      if (holders.length > 0) yield { gram, docs: holders };
      gram = code;
      holders = [];
    }
    holders.push(docs[key - code * PLACES]!);
  }
  if (holders.length > 0) yield { gram, docs: holders };
}

/** Each list is ascending; mostly all of a list come after those before it. */
function union(lists: readonly (readonly number[])[]): number[] {
  const all: number[] = [];
  let isAscending = true;
  for (const list of lists) {
    if (all.length > 0 && all.at(-1)! >= list[0]!) isAscending = false;
    for (const doc of list) all.push(doc);
  }
  return isAscending ? all : [...new Set(all)].sort((a, b) => a - b);
}
