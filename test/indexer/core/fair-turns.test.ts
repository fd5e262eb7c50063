import { describe, expect, it } from 'vitest';
import { createFairTurns } from '../../../indexer/core/fair-turns.ts';
import { roundsOf } from '../rounds-of.ts';

/** Works `ms` milliseconds, ten at a turn, on a clock of its own. */
function createRunner() {
  const turn = createFairTurns();
  const ended: string[] = [];
  let arrivals = 0;
  return {
    ended,
    run: async (
      name: string,
      ms: number,
      isBackground = false,
      refusal: () => Error | null = () => null,
    ) => {
      const arrival = ++arrivals;
      let spent = 0;
      while (spent < ms) {
        await turn({ arrival, isBackground, spent: () => spent, refusal });
        spent += 10;
      }
      ended.push(name);
    },
  };
}

describe('turns', () => {
  it('go to short work before long work, whichever came first', async () => {
    const { run, ended } = createRunner();
    const long = [run('long', 100_000), run('longer', 150_000)];
    for (let at = 0; at < 20; at++) await new Promise(setImmediate);
    await Promise.all([run('first', 50), run('second', 50), run('third', 50), ...long]);
    expect(ended).toEqual(['first', 'second', 'third', 'long', 'longer']);
  });

  it('end what came first before what came later, of 256 alike', async () => {
    const { run, ended } = createRunner();
    const names = Array.from({ length: 256 }, (_, at) => String(at));
    await Promise.all(names.map((name) => run(name, 50)));
    expect(ended).toEqual(names);
  });

  it('leave what nobody waits for to the last', async () => {
    const { run, ended } = createRunner();
    await Promise.all([run('behind', 10, true), run('before', 5_000)]);
    expect(ended).toEqual(['before', 'behind']);
  });

  it('are refused to who must not go on, and others go on', async () => {
    const { run, ended } = createRunner();
    let refusal: Error | null = null;
    const refused = expect(run('refused', 1_000, false, () => refusal)).rejects.toThrow('late');
    const other = run('other', 1_000);
    await new Promise(setImmediate);
    refusal = new Error('late');
    await Promise.all([refused, other]);
    expect(ended).toEqual(['other']);
  });

  it('let the event loop go round between any two', async () => {
    const { run } = createRunner();
    expect(await roundsOf(run('work', 1_000))).toBeGreaterThanOrEqual(100);
  });
});
