import type { Pause } from '../core/yield-to-event-loop.ts';
import type { Store } from '../store/database.ts';
import type { Fingerprints } from './fingerprints.ts';
import type { Pair } from './matches.ts';
import { LEAST_CONTAINMENT, SMALLEST_RATIO, mayBeSameStory } from './same-story.ts';
import { lowerBound } from './shingles.ts';
import type { StoryFacts } from './story.ts';

interface FingerprintFacts extends StoryFacts {
  readonly id: number;
}

/** Postings of one block: 80 MB. */
const MOST_POSTINGS = 10_000_000;
const SKETCH_BITS = 22;
/** Shingle and place in a block in one number: 32 + 21 bits. */
const PLACES = 2 ** 21;
const LEAST_SHARED = LEAST_CONTAINMENT * SMALLEST_RATIO;

/**
 * Every pair of fingerprints that share enough shingles to be the same story and of which one is at least
 * half as long as the other (shorter copies share a headline, by which they are always found). By
 * prefix filtering (Chaudhuri, Ganti, Kaushik 2006): two sets that overlap enough share one of each
 * set's rarest shingles, so only those are indexed. All texts are read once for each block of it.
 */
export async function* exactPairs(
  store: Store,
  fingerprints: Fingerprints,
  pause: Pause,
): AsyncGenerator<Pair> {
  const all = store
    .prepare<[], FingerprintFacts>(
      `SELECT id, size, first_day AS firstDay, last_day AS lastDay,
         title_key AS titleKey FROM duplicate_prints
       WHERE length(keys) > 0 ORDER BY id`,
    )
    .all();
  const shinglesOf = ({ id }: FingerprintFacts) =>
    fingerprints.story(id)?.shingles ?? new Uint32Array(0);
  // Any fixed order will do for the filter; by an approximate count, the rare ones come first.
  const sketch = new Uint32Array(1 << SKETCH_BITS);
  for (const facts of all) {
    for (const shingle of shinglesOf(facts)) sketch[shingle >>> (32 - SKETCH_BITS)]! += 1;
    await pause();
  }

  for (let start = 0; start < all.length;) {
    let end = start;
    for (let total = 0; end < all.length && (end === start || total <= MOST_POSTINGS); end++)
      total += prefixLength(all[end]!.size);
    const block = all.slice(start, end);
    const probe = await indexBlock(block, shinglesOf, sketch, pause);
    for (let at = start; at < all.length; at++) {
      const facts = all[at]!;
      await pause();
      for (const [place, hits] of probe(shinglesOf(facts))) {
        const other = block[place]!;
        if (start + place >= at || !mayBeSameStory(facts, other)) continue;
        const unseen = other.size - prefixLength(other.size);
        if (hits + unseen >= LEAST_CONTAINMENT * Math.min(facts.size, other.size))
          yield [facts.id, other.id];
      }
    }
    start = end;
  }
}

function prefixLength(size: number): number {
  return size - Math.ceil(LEAST_SHARED * size) + 1;
}

/** A function that counts, for each text of the block, its indexed shingles found in a set. */
async function indexBlock(
  block: readonly FingerprintFacts[],
  shinglesOf: (facts: FingerprintFacts) => Uint32Array,
  sketch: Uint32Array,
  pause: Pause,
): Promise<(shingles: Uint32Array) => Map<number, number>> {
  const rarity = (shingle: number) => sketch[shingle >>> (32 - SKETCH_BITS)]! * 2 ** 32 + shingle;
  const pieces: Float64Array[] = [];
  for (const [place, facts] of block.entries()) {
    const rarest = new Float64Array(shinglesOf(facts))
      .sort((a, b) => rarity(a) - rarity(b))
      .slice(0, prefixLength(facts.size));
    pieces.push(rarest.map((shingle) => shingle * PLACES + place));
    await pause();
  }
  const postings = new Float64Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let filled = 0;
  for (const piece of pieces) {
    postings.set(piece, filled);
    filled += piece.length;
  }
  postings.sort();

  return (shingles) => {
    const hits = new Map<number, number>();
    let at = 0;
    for (const shingle of shingles) {
      const from = shingle * PLACES;
      at = lowerBound(postings, from, at);
      for (; at < postings.length && postings[at]! < from + PLACES; at++) {
        const place = postings[at]! - from;
        hits.set(place, (hits.get(place) ?? 0) + 1);
      }
    }
    return hits;
  };
}
