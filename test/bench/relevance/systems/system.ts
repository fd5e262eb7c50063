import type { Collection } from '../collection.ts';

/** A collection that can be asked. */
export interface OpenSystem {
  /** Ids of the first ten hits, best first. */
  readonly search: (query: string) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** Something that ranks articles. */
export interface RankingSystem {
  readonly name: string;
  /** Opens the collection, built in `cache` before or built now. */
  readonly open: (collection: Collection, cache: string) => Promise<OpenSystem>;
}
