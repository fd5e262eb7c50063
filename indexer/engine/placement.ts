import { ownersOfSlots, SLOTS } from './rendezvous.ts';

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
  const { move } = placement;
  if (move === null) return [];
  const [from, to] = [ownersOfSlots(placement.nodes), ownersOfSlots(move.to)];
  return slotsBetween(move.left, move.until).filter(
    (slot) => from[slot] !== to[slot] && (slot < move.settled ? from : to)[slot] === name,
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
