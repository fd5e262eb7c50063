import type { YieldToEventLoop } from '../core/yield-to-event-loop.ts';
import type { Store } from '../store/database.ts';
import { mayBeSameStory } from './same-story.ts';
import { BANDS, bandKeys, lowerBound } from './shingles.ts';
import type { Story, StoryFacts } from './story.ts';

/** A text to be compared. */
export interface NewDocument {
  /** Of its stored fingerprint; below zero while it has none. */
  readonly id: number;
  readonly facts: StoryFacts;
  readonly keys: Int32Array;
}

export type CandidateIndex = ReturnType<typeof createCandidateIndex>;

const KEYS = BANDS + 1;
/**
 * Thousands of texts cast in one mould (appointments, air quality) all share keys with each other: of
 * such a crowd only those most alike are compared. No text of 12,000 news items has over 50 candidates.
 */
const MOST_CANDIDATES = 100;

/** Two stories are compared when they share one of these keys; none for a text without shingles. */
export function candidateKeys(story: Story): Int32Array {
  const bands = bandKeys(story.shingles);
  return bands.length === 0 ? bands : Int32Array.of(...bands, story.titleKey ?? bands[0]!);
}

/**
 * The keys of all fingerprints in memory (about 0.3 KB for each), scanned as a whole for a batch of new
 * ones: kept as an index in the database, they would have every page of it rewritten by each batch.
 */
export function createCandidateIndex(store: Store) {
  const ids: number[] = [];
  const facts: StoryFacts[] = [];
  let keys = new Int32Array(1024 * KEYS);
  const after = store.prepare<[number], StoryFacts & { id: number; keys: Buffer }>(
    `SELECT id, size, first_day AS firstDay, last_day AS lastDay, title_key AS titleKey, keys
     FROM duplicate_prints WHERE id > ? AND length(keys) > 0 ORDER BY id`,
  );

  function load(): void {
    for (const { id, keys: own, ...story } of after.iterate(ids.at(-1) ?? 0)) {
      const start = ids.length * KEYS;
      if (start === keys.length) {
        const larger = new Int32Array(2 * keys.length);
        larger.set(keys);
        keys = larger;
      }
      new Uint8Array(keys.buffer).set(own, start * keys.BYTES_PER_ELEMENT);
      ids.push(id);
      facts.push(story);
    }
  }

  return {
    /**
     * For each new document the ids of the stored fingerprints and of the new documents before it that are
     * worth comparing with it. Fingerprints written since the last call are taken in first; one deleted
     * meanwhile may still turn up.
     */
    async candidatesOf(
      documents: readonly NewDocument[],
      yieldToEventLoop: YieldToEventLoop,
    ): Promise<number[][]> {
      load();
      const lookup = createKeyLookup(documents.map((document) => document.keys));
      const lists = documents.map(() => createTopK(MOST_CANDIDATES));
      const offer = (to: number, shared: number, rank: number, some: StoryFacts) => {
        if (lists[to]!.accepts(shared, rank) && mayBeSameStory(documents[to]!.facts, some))
          lists[to]!.add(shared, rank);
      };
      const newIds = new Set(documents.map(({ id }) => id));
      for (const [rank, id] of ids.entries()) {
        // One that has its fingerprint already is met among the new documents.
        if (newIds.has(id)) continue;
        const own = keys.subarray(rank * KEYS, (rank + 1) * KEYS);
        lookup(own, documents.length, (to, shared) => offer(to, shared, rank, facts[rank]!));
        await yieldToEventLoop();
      }
      for (const [at, document] of documents.entries()) {
        lookup(document.keys, at, (earlier, shared) =>
          offer(at, shared, ids.length + earlier, documents[earlier]!.facts),
        );
        await yieldToEventLoop();
      }
      return lists.map((list) =>
        list.ranks().map((rank) => ids[rank] ?? documents[rank - ids.length]!.id),
      );
    },
  };
}

const FILTER_BITS = 22;
/** Key and place in one number: 32 + 21 bits. */
const PLACES = 2 ** 21;

/**
 * A look-up over up to 2²¹ sets of keys: tells of the sets before place `before` that share a key with `keys`,
 * and how many keys it shares with each.
 */
export function createKeyLookup<Keys extends Int32Array | Uint32Array>(sets: readonly Keys[]) {
  const entries = new Float64Array(sets.reduce((sum, keys) => sum + keys.length, 0));
  const filter = new Uint8Array(1 << FILTER_BITS);
  let filled = 0;
  for (const [place, keys] of sets.entries())
    for (const key of keys) {
      entries[filled++] = (key >>> 0) * PLACES + place;
      filter[key >>> (32 - FILTER_BITS)] = 1;
    }
  entries.sort();
  const shared = new Uint32Array(sets.length);

  return (keys: Keys, before: number, tell: (place: number, shared: number) => void): void => {
    const met: number[] = [];
    for (const key of keys) {
      if (filter[key >>> (32 - FILTER_BITS)] === 0) continue;
      const from = (key >>> 0) * PLACES;
      for (let at = lowerBound(entries, from); entries[at]! < from + before; at++) {
        const place = entries[at]! - from;
        if (shared[place] === 0) met.push(place);
        shared[place]! += 1;
      }
    }
    for (const place of met) {
      tell(place, shared[place]!);
      shared[place] = 0;
    }
  };
}

/**
 * Keeps the `most` candidates that share most keys (up to 255), of those that share equally many the
 * lowest ranks: what is kept does not depend on the order in which they were added.
 */
export function createTopK(most: number) {
  // Missing keys and rank in one number: 8 + 32 bits; the smaller the better.
  const entries: number[] = [];
  let worst = Infinity;
  const entryOf = (shared: number, rank: number) => (0xff - shared) * 2 ** 32 + rank;

  function prune(): void {
    entries.sort((a, b) => a - b);
    if (entries.length < most) return;
    entries.length = most;
    worst = entries[most - 1]!;
  }

  return {
    /** Whether a candidate that shares so many keys would be kept. */
    accepts: (shared: number, rank: number): boolean => entryOf(shared, rank) < worst,
    add(shared: number, rank: number): void {
      if (entries.push(entryOf(shared, rank)) >= 2 * most) prune();
    },
    /** The ranks of those kept, most alike first. */
    ranks(): number[] {
      prune();
      return entries.map((entry) => entry % 2 ** 32);
    },
  };
}
