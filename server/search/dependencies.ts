import type { Gazetteer } from '../../config/gazetteer.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { SearchEngine } from './engine-search.ts';

/** What every step of a search needs. */
export interface SearchDependencies {
  readonly store: Store;
  readonly client: SearchEngine;
  readonly analyzer: Analyzer;
  readonly gazetteer: Gazetteer;
  readonly isStopWord: (term: string) => boolean;
}
