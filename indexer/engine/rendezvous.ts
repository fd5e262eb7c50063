import { createHash } from 'node:crypto';

/** Articles move between engines in slots, so that a search can leave out those that are on their way. */
export const SLOTS = 4_096;

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

/** The engine of each slot; worked out once a list, of which a process meets a handful. */
export function ownersOfSlots(names: readonly string[]): readonly string[] {
  const key = JSON.stringify([...names].sort());
  const known = tables.get(key);
  if (known !== undefined) return known;
  const table = Array.from({ length: SLOTS }, (_, slot) => ownerOfSlot(slot, names));
  tables.set(key, table);
  return table;
}

const tables = new Map<string, readonly string[]>();

function draw(slot: number, name: string): number {
  return createHash('sha256').update(`${slot} ${name}`).digest().readUIntBE(0, 6);
}
