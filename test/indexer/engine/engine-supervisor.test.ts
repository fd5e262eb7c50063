import { describe, expect, it } from 'vitest';
import { createCrashHistory } from '../../../indexer/engine/engine-supervisor.ts';

describe('createCrashHistory', () => {
  it('doubles the delay up to 15 s', () => {
    const history = createCrashHistory();
    const delays = Array.from({ length: 10 }, () => history.note('SIGKILL', 0, 1).delay);
    expect(delays).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 15_000, 15_000]);
  });

  it('begins anew after a minute of calm', () => {
    const history = createCrashHistory();
    history.note('SIGKILL', 0, 1);
    history.note('SIGKILL', 1, 2);
    expect(history.note('SIGKILL', 2, 62_002).delay).toBe(100);
  });

  it.each([
    ['faults of the engine', 'SIGBUS', 1_000, true],
    ['faults far apart', 'SIGBUS', 200_000, false],
    ['ends from outside', 'SIGKILL', 1_000, false],
    ['ends with a code', '退出码 1', 1_000, false],
  ])('after four %s blames the data or not', (_, how, apart, expected) => {
    const history = createCrashHistory();
    const verdicts = [1, 2, 3, 4].map((n) => history.note(how, 0, n * apart).isDataSuspect);
    expect(verdicts).toEqual([false, false, false, expected]);
  });
});
