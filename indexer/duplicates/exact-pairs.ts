import type { YieldToEventLoop } from '../core/yield-to-event-loop.ts';
import type { Store } from '../store/database.ts';
import { createKeyLookup } from './candidate-index.ts';
import type { Fingerprints } from './fingerprints.ts';
import type { Pair } from './matches.ts';
import { LEAST_CONTAINMENT, SMALLEST_RATIO, mayBeSameStory } from './same-story.ts';
import type { StoryFacts } from './story.ts';

/** Postings of one block: 80 MB. */
const MOST_POSTINGS = 10_000_000;
const SKETCH_BITS = 22;
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
  yieldToEventLoop: YieldToEventLoop,
): AsyncGenerator<Pair> {
  const all = store
    .prepare<[], StoryFacts & { id: number }>(
      `SELECT id, size, first_day AS firstDay, last_day AS lastDay,
         title_key AS titleKey FROM duplicate_prints
       WHERE length(keys) > 0 ORDER BY id`,
    )
    .all();
  const shinglesOf = ({ id }: { id: number }) =>
    fingerprints.story(id)?.shingles ?? new Uint32Array(0);
  // Any fixed order will do for the filter; by an approximate count, the rare ones come first.
  const sketch = new Uint32Array(1 << SKETCH_BITS);
  const rarity = (shingle: number) => sketch[shingle >>> (32 - SKETCH_BITS)]! * 2 ** 32 + shingle;
  for (const facts of all) {
    for (const shingle of shinglesOf(facts)) sketch[shingle >>> (32 - SKETCH_BITS)]! += 1;
    await yieldToEventLoop();
  }

  for (let start = 0; start < all.length;) {
    let end = start;
    for (let total = 0; end < all.length && (end === start || total <= MOST_POSTINGS); end++)
      total += prefixLength(all[end]!.size);
    const block = all.slice(start, end);
    const prefixes: Uint32Array[] = [];
    for (const facts of block) {
      const byRarity = shinglesOf(facts).slice();
      byRarity.sort((a, b) => rarity(a) - rarity(b));
      prefixes.push(byRarity.slice(0, prefixLength(facts.size)));
      await yieldToEventLoop();
    }
    const lookup = createKeyLookup(prefixes);
    for (let at = start; at < all.length; at++) {
      const facts = all[at]!;
      const pairs: Pair[] = [];
      lookup(shinglesOf(facts), Math.min(at - start, block.length), (place, hits) => {
        const other = block[place]!;
        if (!mayBeSameStory(facts, other)) return;
        const unseen = other.size - prefixLength(other.size);
        if (hits + unseen >= LEAST_CONTAINMENT * Math.min(facts.size, other.size))
          pairs.push([facts.id, other.id]);
      });
      yield* pairs;
      await yieldToEventLoop();
    }
    start = end;
  }
}

function prefixLength(size: number): number {
  return size - Math.ceil(LEAST_SHARED * size) + 1;
}
