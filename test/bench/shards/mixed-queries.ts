import type { Analyzer } from '../../../indexer/analyzer/analyzer.ts';
import { drawStrings, drawWords } from '../recall/draw.ts';
import { shuffled } from '../relevance/shuffled.ts';

export interface MixedQuery {
  readonly kind: string;
  /** Parameters of `/api/search`. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface QuerySource {
  readonly title: string;
  readonly text: string;
}

/** Parts of a hundred queries. */
const SHARES = {
  'one word': 25,
  'two words': 25,
  headline: 15,
  sentence: 10,
  'quoted string': 10,
  'word in a year': 5,
  'word, newest first': 5,
  'word, third page': 5,
} as const;

/** Queries of the kinds that people put, made of the articles themselves; the same for the same draw. */
export function mixedQueries(
  sources: readonly QuerySource[],
  count: number,
  analyzer: Analyzer,
  random: () => number,
): MixedQuery[] {
  const texts = sources.map(({ text }) => text);
  const partOf = (share: number) => Math.round((count * share) / 100);
  const words = drawWords(texts, partOf(100), analyzer, random);
  const nextWord = () => words[Math.floor(random() * words.length)]!;
  const make: Record<keyof typeof SHARES, (count: number) => MixedQuery['parameters'][]> = {
    'one word': (count) => words.slice(0, count).map((q) => ({ q })),
    'two words': (count) => times(count, () => ({ q: `${nextWord()} ${nextWord()}` })),
    headline: (count) =>
      shuffled(sources, random)
        .slice(0, count)
        .map(({ title }) => ({ q: plain(title) })),
    sentence: (count) =>
      shuffled(texts, random)
        .slice(0, count)
        .map((text) => ({
          q: plain(text.split(/[。！？\n]/u).find((one) => one.length > 12) ?? text),
        })),
    'quoted string': (count) =>
      drawStrings(texts, count, random).map((text) => ({ q: `"${text}"` })),
    'word in a year': (count) => times(count, () => ({ q: nextWord(), year: '2022' })),
    'word, newest first': (count) => times(count, () => ({ q: nextWord(), sort: 'newest' })),
    'word, third page': (count) => times(count, () => ({ q: nextWord(), page: '3' })),
  };
  return Object.entries(SHARES).flatMap(([kind, share]) =>
    make[kind as keyof typeof SHARES](partOf(share)).map((parameters) => ({ kind, parameters })),
  );
}

function times<Item>(count: number, make: () => Item): Item[] {
  return Array.from({ length: count }, make);
}

/** Without what the query language would read as its own, and no longer than a query may be. */
function plain(text: string): string {
  return text.replace(/["＂“”「」『』()（）:：\-－|]/gu, ' ').slice(0, 100);
}
