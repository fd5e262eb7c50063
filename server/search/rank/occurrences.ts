import { isCut, type RankingText } from '../../../indexer/store/ranking-texts.ts';
import type { RankingQuery } from './ranking-query.ts';

/** What ranking needs of an article beside where the query stands in it; its text is long. */
interface RankedArticle extends Pick<
  RankingText,
  'doc' | 'bodyStart' | 'primaryPark' | 'firstDay'
> {
  /** UTF-16. */
  readonly length: number;
}

/** Where the parts of a query stand in an article. */
export interface Occurrences {
  readonly article: RankedArticle;
  /** For each term: where it begins in the ranking text, in order. */
  readonly places: readonly (readonly number[])[];
  /** For each term: how often it occurs, weighted by field and by whether it is a word there. */
  readonly counts: Float64Array;
  /** For each pair: how often it occurs. */
  readonly pairCounts: Float64Array;
}

/** BM25F: an occurrence in the headline counts as several in the body. */
const TITLE_WEIGHT = 3;
/** 以军 in 可以军训 is not the word; but the word may have been cut otherwise. */
const INSIDE_OTHER_WORDS = 0.25;

interface Wanted {
  readonly spelling: string;
  /** Of the term, or of the pair behind the terms. */
  readonly index: number;
}

/** Looks for all parts of a query in one pass over each article. */
export function createOccurrenceFinder({
  terms,
  pairs,
}: Pick<RankingQuery, 'terms' | 'pairs'>): (article: RankingText) => Occurrences {
  const isFirst = new Uint8Array(0x10000);
  const byFirst = new Map<number, Wanted[]>();
  const want = (spelling: string, index: number) => {
    if (spelling === '') return;
    const first = spelling.charCodeAt(0);
    isFirst[first] = 1;
    const list = byFirst.get(first);
    if (list === undefined) byFirst.set(first, [{ spelling, index }]);
    else list.push({ spelling, index });
  };
  terms.forEach(({ spellings }, index) => {
    // The longest first: 贵阳国家高新区 is one mention, not two.
    const longestFirst = [...spellings].sort((a, b) => b.length - a.length);
    for (const spelling of longestFirst) want(spelling, index);
  });
  pairs.forEach((pair, index) => {
    want(pair, terms.length + index);
  });

  return function findOccurrences(article) {
    const { doc, text, bodyStart, cuts, primaryPark, firstDay } = article;
    const places: number[][] = terms.map(() => []);
    const counts = new Float64Array(terms.length);
    const pairCounts = new Float64Array(pairs.length);
    const ends = new Int32Array(terms.length);
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (isFirst[unit] === 0) continue;
      const field = at < bodyStart ? TITLE_WEIGHT : 1;
      for (const { spelling, index } of byFirst.get(unit)!) {
        if (!text.startsWith(spelling, at)) continue;
        if (index >= terms.length) {
          pairCounts[index - terms.length]! += field;
          continue;
        }
        if (at < ends[index]!) continue;
        const end = at + spelling.length;
        ends[index] = end;
        places[index]!.push(at);
        counts[index]! += isCut(cuts, at) && isCut(cuts, end) ? field : field * INSIDE_OTHER_WORDS;
      }
    }
    const ranked = { doc, length: text.length, bodyStart, primaryPark, firstDay };
    return { article: ranked, places, counts, pairCounts };
  };
}
