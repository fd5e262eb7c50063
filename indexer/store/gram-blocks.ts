/** The documents that have one gram. */
export interface Posting {
  readonly gram: number;
  /** Ascending, each once. */
  readonly docs: readonly number[];
}

/**
 * Postings of some grams that follow one another, as the store keeps them. Numbers are written seven bits a
 * byte, the smallest first; the eighth bit says that more follow (LEB128).
 */
export interface GramBlock {
  /** The first gram. */
  readonly gram: number;
  /** By turns how many bytes of `docs` a gram has, and how far the next gram is from it; the last has the rest. */
  readonly more: Uint8Array;
  /** For each gram its documents, each as the difference to the one before, the first to 0. */
  readonly docs: Uint8Array;
}

/** A row for each gram would take longer to write than everything else that is recorded. */
const BLOCK_BYTES = 4_000;

/** Packs postings, which come by ascending gram. */
export function* packPostings(postings: Iterable<Posting>): Generator<GramBlock> {
  const more = createByteWriter();
  const lists = createByteWriter();
  let first = -1;
  let latest = -1;
  let listStart = 0;
  for (const { gram, docs } of postings) {
    if (first >= 0 && lists.length() + more.length() >= BLOCK_BYTES) {
      yield { gram: first, more: more.take(), docs: lists.take() };
      first = -1;
    }
    if (first < 0) first = gram;
    else {
      more.add(lists.length() - listStart);
      more.add(gram - latest);
    }
    listStart = lists.length();
    latest = gram;
    let before = 0;
    for (const doc of docs) {
      lists.add(doc - before);
      before = doc;
    }
  }
  if (first >= 0) yield { gram: first, more: more.take(), docs: lists.take() };
}

/** The postings of a block, by ascending gram. */
export function* unpackBlock(block: GramBlock): Generator<Posting> {
  for (const { gram, from, to } of listsOf(block))
    yield { gram, docs: readDocs(block.docs, from, to) };
}

/** The documents that have this gram; none when the block lacks it. */
export function docsIn(block: GramBlock, wanted: number): number[] {
  for (const { gram, from, to } of listsOf(block))
    if (gram >= wanted) return gram === wanted ? readDocs(block.docs, from, to) : [];
  return [];
}

/** Where the documents of each gram stand. */
function* listsOf({ gram: first, more, docs }: GramBlock) {
  const reader = createByteReader(more);
  let gram = first;
  let from = 0;
  while (!reader.isAtEnd()) {
    const to = from + reader.next();
    yield { gram, from, to };
    from = to;
    gram += reader.next();
  }
  yield { gram, from, to: docs.length };
}

function readDocs(bytes: Uint8Array, from: number, to: number): number[] {
  const docs: number[] = [];
  const reader = createByteReader(bytes, from, to);
  for (let doc = 0; !reader.isAtEnd();) docs.push((doc += reader.next()));
  return docs;
}

function createByteReader(bytes: Uint8Array, from = 0, to = bytes.length) {
  let at = from;
  return {
    isAtEnd: () => at >= to,
    next(): number {
      let value = 0;
      for (let place = 1; ; place *= 0x80) {
        const byte = bytes[at++]!;
        if (byte < 0x80) return value + byte * place;
        value += (byte - 0x80) * place;
      }
    },
  };
}

function createByteWriter() {
  let bytes = new Uint8Array(2 * BLOCK_BYTES);
  let length = 0;
  return {
    length: () => length,
    add(value: number): void {
      // A number of 53 bits has eight groups of seven.
      if (length + 8 > bytes.length) {
        const larger = new Uint8Array(2 * bytes.length);
        larger.set(bytes);
        bytes = larger;
      }
      let rest = value;
      // Bit operators would cut it to 32 bits.
      for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes[length++] = (rest % 0x80) + 0x80;
      bytes[length++] = rest;
    },
    /** What was added since the last time. */
    take(): Uint8Array {
      const taken = bytes.slice(0, length);
      length = 0;
      return taken;
    },
  };
}
