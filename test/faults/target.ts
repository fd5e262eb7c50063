import type { Target } from '../fuzz/attacks/attack.ts';
import { ended } from './ended.ts';
import type { FaultSite } from './fault.ts';

const HOLD_MS = 4_000;

/** The service of the arena as the attacks of the fuzz run see it. */
export function targetOf({ arena, ledger, lose }: FaultSite, vastIds: readonly string[]): Target {
  const address = arena.address();
  return {
    address,
    port: Number(new URL(address).port),
    adminToken: arena.adminToken,
    ids: ledger.acknowledged.map(({ id }) => id),
    vastIds,
    holdMs: HOLD_MS,
    async index(articles) {
      for (const one of articles)
        ledger.offered.set(one.id, { ...one, date: '', mark: '', themes: [], park: '' });
      return String(await ended(arena.startIndexer(articles))) + ' ';
    },
    note: lose,
  };
}
