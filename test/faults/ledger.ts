import type { FaultArticle } from './news.ts';

export interface KeptSearch {
  readonly id: string;
  readonly name: string;
  readonly query: string;
}

/** What was promised to whom: the truth that the end is checked against. */
export interface Ledger {
  /** All articles that were ever offered, by id; some may have been taken in without our hearing of it. */
  readonly offered: Map<string, FaultArticle>;
  /** Articles whose `npm run index` said that it took them. */
  readonly acknowledged: FaultArticle[];
  /** Saved searches that were answered with 201. */
  readonly saved: KeptSearch[];
  readonly searches: { answered: number; refused: number };
  /** Everything that must not happen, a line each. */
  readonly losses: string[];
}

export function openLedger(): Ledger {
  return {
    offered: new Map(),
    acknowledged: [],
    saved: [],
    searches: { answered: 0, refused: 0 },
    losses: [],
  };
}
