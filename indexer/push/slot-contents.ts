import type { Placement } from '../engine/placement.ts';
import { movingSlots } from '../engine/placement.ts';
import { slotOf, SLOTS } from '../engine/rendezvous.ts';
import type { Store } from '../store/database.ts';

/** So many articles are hidden at their new place while they are copied, and then at their old one. */
const ARTICLES_A_STEP = 20_000;

/** Which articles of the store belong to which slot. */
export interface SlotContents {
  readonly countIn: (slots: readonly number[]) => number;
  readonly docsIn: (slots: readonly number[]) => number[];
  /** Where a step ends that begins at a slot: when enough articles move, or with the last slot. */
  readonly endOfStep: (placement: Placement, from: number) => number;
  /** Takes note of articles that came after the last look. */
  readonly readNew: () => void;
}

/** Looks at all articles once. */
export function createSlotContents(store: Store): SlotContents {
  const docs: number[][] = Array.from({ length: SLOTS }, () => []);
  const select = store.prepare<[number], { doc: number; id: string }>(
    'SELECT doc, id FROM articles WHERE doc > ? ORDER BY doc',
  );
  let last = 0;
  const readNew = () => {
    for (const { doc, id } of select.iterate(last)) {
      docs[slotOf(id)]!.push(doc);
      last = doc;
    }
  };
  const countIn = (slots: readonly number[]) =>
    slots.reduce((sum, slot) => sum + docs[slot]!.length, 0);
  readNew();
  return {
    readNew,
    countIn,
    docsIn: (slots) => slots.flatMap((slot) => docs[slot]!),
    endOfStep(placement, from) {
      let articles = 0;
      for (const slot of movingSlots(placement, from, SLOTS)) {
        articles += docs[slot]!.length;
        if (articles >= ARTICLES_A_STEP) return slot + 1;
      }
      return SLOTS;
    },
  };
}
