import { z } from 'zod';
import { prepared, type Store } from '../store/database.ts';
import type { Placement } from './placement.ts';

const namesSchema = z.array(z.string()).min(1);
const rowSchema = z.object({
  nodes: z.string(),
  target: z.string().nullable(),
  left_slots: z.int(),
  settled_slots: z.int(),
  until_slot: z.int(),
});

/**
 * Where an index lies; null for one on a single engine. Server and command line read it anew for each
 * request, so a step of a move is one write here.
 */
export function placementOf(store: Store, uid: string): Placement | null {
  const found = prepared<[string], unknown>(
    store,
    'SELECT nodes, target, left_slots, settled_slots, until_slot FROM index_placements WHERE uid = ?',
  ).get(uid);
  if (found === undefined) return null;
  const row = rowSchema.parse(found);
  const namesOf = (json: string) => namesSchema.parse(JSON.parse(json));
  return {
    nodes: namesOf(row.nodes),
    move:
      row.target === null
        ? null
        : {
            to: namesOf(row.target),
            left: row.left_slots,
            settled: row.settled_slots,
            until: row.until_slot,
          },
  };
}

/** Writes down where an index lies from now on. */
export function recordPlacement(store: Store, uid: string, { nodes, move }: Placement): void {
  store
    .prepare('INSERT OR REPLACE INTO index_placements VALUES (?, ?, ?, ?, ?, ?)')
    .run(
      uid,
      JSON.stringify(nodes),
      move === null ? null : JSON.stringify(move.to),
      move?.left ?? 0,
      move?.settled ?? 0,
      move?.until ?? 0,
    );
}

/** Forgets where an index lay that is gone. */
export function forgetPlacement(store: Store, uid: string): void {
  store.prepare('DELETE FROM index_placements WHERE uid = ?').run(uid);
}
