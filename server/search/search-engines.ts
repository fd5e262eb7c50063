import { PATIENT_LIMIT } from '../../indexer/engine/engine-keys.ts';
import { areSharded } from '../../indexer/engine/index-engine.ts';
import { NodeHealth } from '../../indexer/engine/node-health.ts';
import type { EngineNode } from '../../indexer/engine/open-engines.ts';
import { placementOf } from '../../indexer/engine/placement.ts';
import { ShardedSearch } from '../../indexer/engine/sharded-search.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { SearchEngine } from './engine-search.ts';

/** What searches are put to, with the search key only. */
export interface SearchEngines {
  /** Gives a search up after `limit` milliseconds, for people who wait. */
  readonly client: SearchEngine;
  /** The same with more patience. */
  readonly patient: SearchEngine;
}

/** The search side of the engines; those that are down are looked at until the signal. */
export function searchEngines(
  store: Store,
  nodes: readonly EngineNode[],
  limit: number,
  signal: AbortSignal,
): SearchEngines {
  const [only] = nodes;
  if (only !== undefined && !areSharded(nodes))
    return { client: only.clients.search, patient: only.clients.patient };
  const health = new NodeHealth(signal);
  const over = (which: 'search' | 'patient', limit: number) =>
    new ShardedSearch({
      nodes: nodes.map(({ name, clients }) => ({ name, client: clients[which] })),
      placementOf: (uid) => placementOf(store, uid),
      health,
      limit,
    });
  return { client: over('search', limit), patient: over('patient', PATIENT_LIMIT) };
}
