import type { Store } from '../store/database.ts';
import { createKeyLookup } from './key-lookup.ts';
import { BANDS, bandKeys } from './min-hash.ts';
import { keepMostAlike } from './most-alike.ts';
import type { Pause } from '../core/yield-to-event-loop.ts';
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

/** A text to be compared. */
export interface Newcomer {
  /** Of its print; below zero while it has none. */
  readonly id: number;
  readonly facts: StoryFacts;
  readonly keys: Int32Array;
}

export interface CandidateIndex {
  /**
   * For each newcomer the ids of the stored prints and of the newcomers before it that are worth
   * comparing with it. Prints written since the last call are taken in first; a print deleted
   * meanwhile may still turn up.
   */
  readonly candidatesOf: (newcomers: readonly Newcomer[], pause: Pause) => Promise<number[][]>;
}

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
    async candidatesOf(newcomers, pause) {
      load();
      const lookup = createKeyLookup(newcomers.map((newcomer) => newcomer.keys));
      const lists = newcomers.map(() => keepMostAlike(MOST_CANDIDATES));
      const offer = (to: number, shared: number, rank: number, some: StoryFacts) => {
        if (lists[to]!.accepts(shared, rank) && mayBeSameStory(newcomers[to]!.facts, some))
          lists[to]!.add(shared, rank);
      };
      const isNewcomer = new Set(newcomers.map(({ id }) => id));
      for (const [rank, id] of ids.entries()) {
        // One that has its print already is met among the newcomers.
        if (isNewcomer.has(id)) continue;
        const own = keys.subarray(rank * KEYS, (rank + 1) * KEYS);
        lookup(own, newcomers.length, (to, shared) => offer(to, shared, rank, facts[rank]!));
        await pause();
      }
      for (const [at, newcomer] of newcomers.entries()) {
        lookup(newcomer.keys, at, (earlier, shared) =>
          offer(at, shared, ids.length + earlier, newcomers[earlier]!.facts),
        );
        await pause();
      }
      return lists.map((list) =>
        list.ranks().map((rank) => ids[rank] ?? newcomers[rank - ids.length]!.id),
      );
    },
  };
}
