/**
 * Words with a number each as a trie in typed arrays, which threads can hand on, after Fredkin, "Trie memory"
 * (1960): the children of a node stand side by side in the order of their characters, nodes in the order of
 * their depth. Node 0 is the root; characters are UTF-16 units.
 */
export interface TrieLayout {
  /** The character that leads to each node. */
  readonly units: Uint16Array;
  /** Where the children of each node begin; those of the next follow. */
  readonly firstChild: Int32Array;
  /** The number of the word that ends at each node; NaN when none does. */
  readonly values: Float64Array;
}

/** Binary search pays only in longer rows of children. */
const SHORT_ROW = 6;

/** The function that leads from a node by a unit to the next, or to -1. */
export function createTrieStep({
  units,
  firstChild,
}: TrieLayout): (node: number, unit: number) => number {
  const fromRoot = new Int32Array(0x10000).fill(-1);
  for (let node = firstChild[0]!; node < firstChild[1]!; node++) fromRoot[units[node]!] = node;

  return function step(node, unit) {
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
  };
}

/**
 * The search for all names that begin at one place of a text: calls `found` for each of them, shortest first.
 * Looking at every place of a text costs at most the length of the longest name each, in practice one or two steps.
 */
export function createNameSearch<Value>(
  entries: ReadonlyMap<string, Value>,
): (text: string, start: number, found: (end: number, value: Value) => void) => void {
  const named = [...entries.values()];
  const layout = layOutTrie([...entries.keys()].map((name, index) => [name, index]));
  const step = createTrieStep(layout);
  return function namesAt(text, start, found) {
    for (let node = 0, at = start; at < text.length; at++) {
      node = step(node, text.charCodeAt(at));
      if (node < 0) return;
      const index = layout.values[node]!;
      if (!Number.isNaN(index)) found(at + 1, named[index]!);
    }
  };
}

/**
 * Goes through the sorted words once for each depth: what shares a beginning stands together.
 * @param entries words and their numbers; of a word's numbers the last one counts.
 */
export function layOutTrie(entries: Iterable<readonly [string, number]>): TrieLayout {
  const valueOf = new Map(entries);
  const words = [...valueOf.keys()].sort((a, b) => (a < b ? -1 : 1));
  const units: number[] = [0];
  const values: number[] = [NaN];
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
        const word = words[start]!;
        const unit = word.charCodeAt(depth);
        do at++;
        while (at < to && words[at]!.charCodeAt(depth) === unit);
        units.push(unit);
        values.push(word.length === depth + 1 ? valueOf.get(word)! : NaN);
        next.push([start, at]);
      }
    }
    level = next;
  }
  firstChild.push(units.length);
  return {
    units: Uint16Array.from(units),
    values: Float64Array.from(values),
    firstChild: Int32Array.from(firstChild),
  };
}
