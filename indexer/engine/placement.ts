import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Store } from '../store/database.ts';
import { prepared } from '../store/database.ts';

/** Articles move between engines in slots, so that a search can leave out those that are on their way. */
export const SLOTS = 4_096;

/**
 * Slots on their way to another list of engines, in ascending order: those below `left` have arrived and
 * stand nowhere else, from `left` to `settled` they have arrived and still stand at their old place too,
 * from `settled` to `until` they are being copied, the rest has yet to go.
 */
export interface Move {
  readonly to: readonly string[];
  readonly left: number;
  readonly settled: number;
  readonly until: number;
}

/** On which engines the documents of an index lie. */
export interface Placement {
  readonly nodes: readonly string[];
  readonly move: Move | null;
}

/** The slot of an article, 0 to {@link SLOTS} - 1: the same for ever, wherever the slot lies. */
export function slotOf(articleId: string): number {
  return createHash('sha256').update(articleId).digest().readUInt32BE() % SLOTS;
}

/**
 * The engine of a slot by rendezvous hashing (Thaler & Ravishankar 1998): every engine draws a number for
 * every slot and the highest draw has it. So a further engine takes its share from all others and moves
 * nothing between them, and the slots of one that goes are spread over those that stay. The order of the
 * names does not matter.
 */
export function ownerOfSlot(slot: number, names: readonly string[]): string {
  const [first, ...others] = names;
  if (first === undefined) throw new RangeError('no engine to place articles on');
  let [winner, highest] = [first, draw(slot, first)];
  for (const name of others) {
    const drawn = draw(slot, name);
    if (drawn > highest || (drawn === highest && name > winner)) [winner, highest] = [name, drawn];
  }
  return winner;
}

function draw(slot: number, name: string): number {
  return createHash('sha256').update(`${slot} ${name}`).digest().readUIntBE(0, 6);
}

const tables = new Map<string, readonly string[]>();

/** The engine of each slot; worked out once a list, of which a process meets a handful. */
export function ownersOfSlots(names: readonly string[]): readonly string[] {
  const key = JSON.stringify([...names].sort());
  const table =
    tables.get(key) ?? Array.from({ length: SLOTS }, (_, slot) => ownerOfSlot(slot, names));
  tables.set(key, table);
  return table;
}

/** Every engine that may hold a document of the index. */
export function allNodes({ nodes, move }: Placement): string[] {
  return [...new Set([...nodes, ...(move?.to ?? [])])];
}

/** Whether two lists name the same engines, in whatever order. */
export function haveSameNames(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name) => others.includes(name));
}

/** The engine on which a slot is searched and written at this moment; there is always exactly one. */
export function currentOwner({ nodes, move }: Placement, slot: number): string {
  return ownersOfSlots(move !== null && slot < move.settled ? move.to : nodes)[slot]!;
}

/** The slots that an engine holds documents of, wholly or in part, without being the one to be asked for them. */
export function hiddenSlots(placement: Placement, name: string): number[] {
  const { nodes, move } = placement;
  if (move === null) return [];
  const [from, to] = [ownersOfSlots(nodes), ownersOfSlots(move.to)];
  return movingSlots(placement, move.left, move.until).filter(
    (slot) => (slot < move.settled ? from : to)[slot] === name,
  );
}

/** The slots of a range that change their engine. */
export function movingSlots({ nodes, move }: Placement, from: number, until: number): number[] {
  if (move === null) return [];
  const [before, after] = [ownersOfSlots(nodes), ownersOfSlots(move.to)];
  return slotsBetween(from, until).filter((slot) => before[slot] !== after[slot]);
}

/** What part of all slots, 0 to 1, is to be found on these engines. */
export function shareOf(placement: Placement, names: readonly string[]): number {
  const theirs = slotsBetween(0, SLOTS).filter((slot) =>
    names.includes(currentOwner(placement, slot)),
  );
  return theirs.length / SLOTS;
}

function slotsBetween(from: number, until: number): number[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, at) => from + at);
}

const namesSchema = z
  .string()
  .transform((json): unknown => JSON.parse(json))
  .pipe(z.array(z.string()).min(1));
const rowSchema = z.object({
  nodes: namesSchema,
  target: namesSchema.nullable(),
  left: z.int(),
  settled: z.int(),
  until: z.int(),
});

/**
 * Where an index lies; null for one on a single engine. Server and command line read it anew for each
 * request, so a step of a move is one write here.
 */
export function placementOf(store: Store, uid: string): Placement | null {
  const row = prepared<[string], unknown>(
    store,
    `SELECT nodes, target, left_slots AS left, settled_slots AS settled, until_slot AS until
     FROM index_placements WHERE uid = ?`,
  ).get(uid);
  if (row === undefined) return null;
  const { nodes, target: to, ...slots } = rowSchema.parse(row);
  return { nodes, move: to === null ? null : { to, ...slots } };
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
