import { widthAt } from '../core/utf16.ts';
import { loadDictionary } from './dictionary.ts';
import type { TrieLayout } from './word-trie.ts';
import { createWordTrie, layOutTrie } from './word-trie.ts';

/** Cuts runs of simplified Chinese characters. The same dictionary gives the same cuts everywhere. */
export interface Segmenter {
  /** The words of a run, in order; joined they give the run back. */
  cut(run: string): string[];
  /** The dictionary's words of two characters and more anywhere in a text, overlapping ones too; distinct. */
  wordsAnywhere(text: string): string[];
  /** The dictionary's words of two characters and more inside a word, without the word itself. */
  wordsInside(word: string): readonly string[];
}

const MAX_CACHED = 50_000;

/** nodejieba's dictionary and further words, ready to cut with; threads hand it on as it is. */
export interface CompiledDictionary {
  readonly trie: TrieLayout;
  /** The weight of what is no word. */
  readonly leastWeight: number;
}

/**
 * Takes most of a second.
 * @param words runs of Chinese characters, each written as `normaliseText` writes it.
 */
export function compileDictionary(words: readonly string[]): CompiledDictionary {
  const { entries, leastWeight } = loadDictionary(words);
  return { trie: layOutTrie(entries), leastWeight };
}

/**
 * A segmenter with a dictionary, which cuts as `nodejieba.cut` does without the
 * hidden Markov model: the words of which a run is most probably made, each counted for itself. The model
 * guesses words by their surroundings: the same name is then cut one way in a text and another in a query.
 * BM25 on CMRC questions: MRR .974 without, .968 with.
 */
export function createSegmenter({ trie, leastWeight }: CompiledDictionary): Segmenter {
  const { step, weights } = createWordTrie(trie);
  const inside = new Map<string, readonly string[]>();
  /** Up to which call a word has been told, so that each is told once. */
  const toldIn = new Int32Array(weights.length);
  let call = 0;
  let best = new Float64Array(256);
  let ends = new Int32Array(256);

  function wordsAnywhere(text: string): string[] {
    call += 1;
    const found: string[] = [];
    for (let start = 0; start < text.length; start++) {
      let node = step(0, text.charCodeAt(start));
      for (let end = start + 1; node >= 0 && end < text.length;) {
        node = step(node, text.charCodeAt(end++));
        if (node < 0 || Number.isNaN(weights[node]) || toldIn[node] === call) continue;
        toldIn[node] = call;
        found.push(text.slice(start, end));
      }
    }
    return found;
  }

  return {
    cut(run) {
      const { length } = run;
      if (best.length <= length) {
        best = new Float64Array(length * 2);
        ends = new Int32Array(length * 2);
      }
      best[length] = 0;
      for (let start = length - 1; start >= 0; start--) {
        const single = start + widthAt(run, start);
        let node = walk(run, start, single);
        let weight = weightOf(node) + best[single]!;
        let end = single;
        for (let at = single; node >= 0 && at < length;) {
          node = step(node, run.charCodeAt(at++));
          if (node < 0 || Number.isNaN(weights[node])) continue;
          const longer = weights[node]! + best[at]!;
          if (longer <= weight) continue;
          weight = longer;
          end = at;
        }
        best[start] = weight;
        ends[start] = end;
      }
      const cuts: string[] = [];
      for (let start = 0; start < length; start = ends[start]!)
        cuts.push(run.slice(start, ends[start]));
      return cuts;
    },
    wordsAnywhere,
    wordsInside(word) {
      let found = inside.get(word);
      if (found === undefined) {
        found = wordsAnywhere(word).filter((other) => other !== word);
        if (inside.size >= MAX_CACHED) inside.clear();
        inside.set(word, found);
      }
      return found;
    },
  };

  function walk(run: string, start: number, end: number): number {
    let node = 0;
    for (let at = start; node >= 0 && at < end; at++) node = step(node, run.charCodeAt(at));
    return node;
  }

  function weightOf(node: number): number {
    const weight = node < 0 ? NaN : weights[node]!;
    return Number.isNaN(weight) ? leastWeight : weight;
  }
}
