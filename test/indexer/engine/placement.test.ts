import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownerOfSlot, ownersOfSlots, SLOTS, slotOf } from '../../../indexer/engine/placement.ts';

const urls = fc.uniqueArray(fc.webUrl(), { minLength: 2, maxLength: 8 });

const nodeOf = (id: string, nodes: readonly string[]) => ownerOfSlot(slotOf(id), nodes);

describe('ownerOfSlot', () => {
  it('gives an article to one of the engines, the same whatever their order', () => {
    fc.assert(
      fc.property(fc.string(), urls, (id, nodes) => {
        const node = nodeOf(id, nodes);
        expect(nodes).toContain(node);
        expect(nodeOf(id, [...nodes].reverse())).toBe(node);
      }),
    );
  });

  it('moves articles to an engine that is added and nowhere else, and back when it goes', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 50 }), urls, (ids, [added, ...before]) => {
        for (const id of ids) {
          const former = nodeOf(id, before);
          const node = nodeOf(id, [...before, added!]);
          expect([former, added]).toContain(node);
        }
      }),
    );
  });
});

describe('ownersOfSlots', () => {
  it('gives each engine about its share', () => {
    fc.assert(
      fc.property(urls, (nodes) => {
        const owners = ownersOfSlots(nodes);
        expect(owners).toHaveLength(SLOTS);
        const share = 1 / nodes.length;
        // Six standard deviations of as many draws.
        const tolerance = 6 * Math.sqrt((share * (1 - share)) / SLOTS);
        for (const node of nodes) {
          const theirs = owners.filter((owner) => owner === node).length / SLOTS;
          expect(Math.abs(theirs - share)).toBeLessThan(tolerance);
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe('slotOf', () => {
  it('spreads articles evenly, however alike their ids', () => {
    const counts = new Map<number, number>();
    for (let at = 0; at < SLOTS * 10; at += 1) {
      const slot = slotOf(`r${at}`);
      counts.set(slot, (counts.get(slot) ?? 0) + 1);
    }
    expect(Math.max(...counts.values())).toBeLessThan(40);
    expect(counts.size).toBeGreaterThan(SLOTS * 0.99);
  });

  it('never changes: documents lie where it put them', () => {
    expect(['a', '贵阳', ''].map(slotOf)).toEqual(GOLDEN);
  });
});

const GOLDEN = [274, 1264, 1090];
