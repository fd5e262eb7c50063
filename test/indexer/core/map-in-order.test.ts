import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { mapInOrder } from '../../../indexer/core/map-in-order.ts';

describe('mapInOrder', () => {
  it('keeps the order and reads no further ahead than allowed', async () => {
    let read = 0;
    async function* numbers() {
      for (let n = 0; n < 12; n += 1) {
        await Promise.resolve();
        read += 1;
        yield n;
      }
    }
    const results: number[] = [];
    const work = async (n: number) => {
      await sleep((12 - n) * 2);
      return n;
    };
    for await (const result of mapInOrder(numbers(), () => 3, work)) {
      results.push(result);
      expect(read - results.length).toBeLessThanOrEqual(3);
    }
    expect(results).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });
});
