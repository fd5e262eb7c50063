import { ftsWords, ftsWordsAndBigrams } from './fts.ts';
import { miniSearch } from './mini-search.ts';
import { ours } from './our-service.ts';
import { stockMeilisearch } from './stock-meilisearch.ts';
import type { RankingSystem } from './system.ts';

/** In the order of the report. */
export const systems: readonly RankingSystem[] = [
  ours,
  stockMeilisearch,
  ftsWords,
  ftsWordsAndBigrams,
  miniSearch,
];
