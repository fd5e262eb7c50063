/**
 * Words with their weights as a trie in typed arrays, after Fredkin, "Trie memory" (1960): the children
 * of a node stand side by side in the order of their characters, nodes in the order of their depth.
 * Node 0 is the root; characters are UTF-16 units.
 */
export interface WordTrie {
  /** The node to which a unit leads from a node, or -1. */
  readonly step: (node: number, unit: number) => number;
  /** The weight of the word that ends at a node; NaN when none does. */
  readonly weights: Float64Array;
}

/** A trie as threads hand it on. */
export interface TrieLayout {
  /** The character that leads to each node. */
  readonly units: Uint16Array;
  /** Where the children of each node begin; those of the next follow. */
  readonly firstChild: Int32Array;
  readonly weights: Float64Array;
}

/** Binary search pays only in longer rows of children. */
const SHORT_ROW = 6;

/** @param entries words, none of them empty, and their weights; of a word's weights the last one counts. */
export function layOutTrie(entries: Iterable<readonly [string, number]>): TrieLayout {
  const weightOf = new Map(entries);
  return layOut([...weightOf.keys()].sort(byUnits), weightOf);
}

/** The words of a layout. */
export function createWordTrie({ units, firstChild, weights }: TrieLayout): WordTrie {
  const fromRoot = new Int32Array(0x10000).fill(-1);
  for (let node = firstChild[0]!; node < firstChild[1]!; node++) fromRoot[units[node]!] = node;

  return {
    weights,
    step(node, unit) {
      if (node === 0) return fromRoot[unit]!;
      let low = firstChild[node]!;
      let high = firstChild[node + 1]!;
      while (high - low > SHORT_ROW) {
        const middle = (low + high) >> 1;
        if (units[middle]! <= unit) low = middle;
        else high = middle;
      }
      for (; low < high; low++) if (units[low] === unit) return low;
      return -1;
    },
  };
}

/** Goes through the sorted words once for each depth: what shares a beginning stands together. */
function layOut(words: readonly string[], weightOf: ReadonlyMap<string, number>): TrieLayout {
  const units: number[] = [0];
  const weights: number[] = [NaN];
  const firstChild: number[] = [];
  /** The words below each node of a depth, as `[from, to)` in the list. */
  let level: (readonly [number, number])[] = [[0, words.length]];
  for (let depth = 0; level.length > 0; depth++) {
    const next: (readonly [number, number])[] = [];
    for (const [from, to] of level) {
      firstChild.push(units.length);
      // The word that ends at the node itself comes first.
      let at = words[from]?.length === depth ? from + 1 : from;
      while (at < to) {
        const start = at;
        const unit = words[start]!.charCodeAt(depth);
        do at++;
        while (at < to && words[at]!.charCodeAt(depth) === unit);
        units.push(unit);
        const word = words[start]!;
        weights.push(word.length === depth + 1 ? weightOf.get(word)! : NaN);
        next.push([start, at]);
      }
    }
    level = next;
  }
  firstChild.push(units.length);
  return {
    units: Uint16Array.from(units),
    weights: Float64Array.from(weights),
    firstChild: Int32Array.from(firstChild),
  };
}

function byUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
