import type { Random } from '../bench/typesetting.ts';
import type { Measured } from '../waits/wait-messages.ts';
import type { Started } from '../service-process.ts';
import type { Arena } from './arena.ts';
import type { Ledger } from './ledger.ts';

/** Where a fault is done, and with what. */
export interface FaultSite {
  readonly arena: Arena;
  readonly ledger: Ledger;
  readonly random: Random;
  /** `npm run index` on some news, at work. */
  readonly indexer: Started;
  /** Starts another one, on other news. */
  readonly startIndexer: () => Started;
  /** Notes what must not happen. */
  readonly lose: (loss: string) => void;
}

/** One kind of harm. */
export interface Fault {
  readonly name: string;
  /** Whose waits count while it is done: without its engine a search may well wait. */
  readonly measured: Measured;
  /** Begins together with the indexer, not some seconds later. */
  readonly isAtOnce?: true;
  /** Needs a disk of its own, which may be filled. */
  readonly needsOwnDisk?: true;
  /** Does it; fulfilled when it is over. */
  readonly run: (site: FaultSite) => Promise<void>;
}
