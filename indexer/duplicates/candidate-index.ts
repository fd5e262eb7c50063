import type { Store } from '../store/database.ts';
import { BANDS, bandKeys } from './min-hash.ts';
import { mayBeSameStory } from './same-story.ts';
import type { Story, StoryFacts } from './story.ts';

interface PrintRow {
  readonly id: number;
  readonly size: number;
  readonly first_day: number | null;
  readonly last_day: number | null;
  readonly title_key: number | null;
  readonly keys: Buffer;
}

export interface CandidateIndex {
  /**
   * Pairs of prints worth comparing, one of each from `prints`, each pair once. Prints written
   * since the last call are taken in first; a print deleted meanwhile may still turn up.
   */
  readonly pairsWith: (prints: ReadonlySet<number>) => Iterable<[number, number]>;
}

const KEYS = BANDS + 1;
const FILTER_BITS = 22;

/** Two stories are compared when they share one of these keys; none for a text without shingles. */
export function candidateKeys(story: Story): Int32Array {
  const bands = bandKeys(story.shingles);
  return bands.length === 0 ? bands : Int32Array.of(...bands, story.titleKey ?? bands[0]!);
}

/**
 * The keys of all prints in memory (about 0.3 KB for each), scanned as a whole for a batch of new
 * ones: kept as an index in the database, they would have every page of it rewritten by each batch.
 */
export function createCandidateIndex(store: Store): CandidateIndex {
  const ids: number[] = [];
  const facts: StoryFacts[] = [];
  let keys = new Int32Array(1024 * KEYS);
  const after = store.prepare<[number], PrintRow>(
    `SELECT id, size, first_day, last_day, title_key, keys FROM duplicate_prints
     WHERE id > ? AND length(keys) > 0 ORDER BY id`,
  );

  function load(): void {
    for (const row of after.iterate(ids.at(-1) ?? 0)) {
      const start = ids.length * KEYS;
      if (start === keys.length) {
        const larger = new Int32Array(2 * keys.length);
        larger.set(keys);
        keys = larger;
      }
      new Uint8Array(keys.buffer).set(row.keys, start * keys.BYTES_PER_ELEMENT);
      ids.push(row.id);
      facts.push({
        size: row.size,
        firstDay: row.first_day,
        lastDay: row.last_day,
        titleKey: row.title_key,
      });
    }
  }

  return {
    *pairsWith(prints) {
      load();
      const own: number[] = [];
      for (let at = 0; at < ids.length; at++) if (prints.has(ids[at]!)) own.push(at);
      const lookup = createLookup(keys, own);
      const found = new Set<number>();
      for (let at = 0; at < ids.length; at++) {
        found.clear();
        for (let entry = at * KEYS; entry < (at + 1) * KEYS; entry++) lookup(keys[entry]!, found);
        const isOwn = prints.has(ids[at]!);
        for (const other of found) {
          // Both new: the pair is met from either side.
          if (other === at || (isOwn && other > at)) continue;
          if (mayBeSameStory(facts[at]!, facts[other]!)) yield [ids[at]!, ids[other]!];
        }
      }
    },
  };
}

/** A look-up that adds to a set all rows of `rows` that hold the key. */
function createLookup(
  keys: Int32Array,
  rows: readonly number[],
): (key: number, found: Set<number>) => void {
  // Key and row in one number: 32 + 21 bits; the row as its place in `rows`.
  const entries = new Float64Array(rows.length * KEYS);
  const filter = new Uint8Array(1 << FILTER_BITS);
  for (const [place, row] of rows.entries())
    for (let at = 0; at < KEYS; at++) {
      const key = keys[row * KEYS + at]!;
      entries[place * KEYS + at] = (key >>> 0) * 0x200000 + place;
      filter[key >>> (32 - FILTER_BITS)] = 1;
    }
  entries.sort();

  return (key, found) => {
    if (filter[key >>> (32 - FILTER_BITS)] === 0) return;
    const from = (key >>> 0) * 0x200000;
    let low = 0;
    for (let high = entries.length; low < high;) {
      const middle = (low + high) >>> 1;
      if (entries[middle]! < from) low = middle + 1;
      else high = middle;
    }
    for (; low < entries.length && entries[low]! < from + 0x200000; low++)
      found.add(rows[entries[low]! - from]!);
  };
}
