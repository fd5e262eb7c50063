/** Names with a value each, laid out so that all that begin at one place of a text are found together. */
export interface NameTrie<Value> {
  /** Calls `found` for every name that begins at `start` of the text, shortest first. */
  readonly namesAt: (
    text: string,
    start: number,
    found: (end: number, value: Value) => void,
  ) => void;
}

// Room for the letters of a key: the 731 parks and their cities use about 1,100 different ones.
const LETTERS = 4096;

/**
 * A trie over the names. Looking at every
 * place of a text costs at most the length of the longest name each, in practice one or two steps.
 * @throws RangeError for names of more than 4,095 different letters together.
 */
export function createNameTrie<Value>(entries: ReadonlyMap<string, Value>): NameTrie<Value> {
  const letters = new Uint16Array(0x10000);
  let letterCount = 0;
  let size = 1024;
  for (const name of entries.keys()) size += name.length * 2;
  // An open hash from (node, letter) to the child node; a Map of the same takes five times as long.
  const slots = 2 ** Math.ceil(Math.log2(size));
  const keys = new Int32Array(slots);
  const children = new Int32Array(slots);
  const values: (Value | undefined)[] = [undefined];

  const slotOf = (key: number): number => {
    let slot = Math.imul(key, 0x9e3779b1) & (slots - 1);
    while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & (slots - 1);
    return slot;
  };

  for (const [name, value] of entries) {
    let node = 0;
    for (let at = 0; at < name.length; at++) {
      const unit = name.charCodeAt(at);
      if (letters[unit] === 0) {
        if (++letterCount >= LETTERS) throw new RangeError(`more than ${LETTERS} letters`);
        letters[unit] = letterCount;
      }
      const key = node * LETTERS + letters[unit]!;
      const slot = slotOf(key);
      if (keys[slot] === 0) {
        keys[slot] = key;
        children[slot] = values.length;
        values.push(undefined);
      }
      node = children[slot]!;
    }
    if (node !== 0) values[node] = value;
  }

  return {
    namesAt(text, start, found) {
      let node = 0;
      for (let at = start; at < text.length; at++) {
        const letter = letters[text.charCodeAt(at)]!;
        if (letter === 0) return;
        const slot = slotOf(node * LETTERS + letter);
        if (keys[slot] === 0) return;
        node = children[slot]!;
        const value = values[node];
        if (value !== undefined) found(at + 1, value);
      }
    },
  };
}
