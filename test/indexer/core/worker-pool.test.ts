import { afterEach, describe, expect, it } from 'vitest';
import { openWorkerPool, type WorkerPool } from '../../../indexer/core/worker-pool.ts';

let pool: WorkerPool<number, number> | undefined;
afterEach(() => pool?.close());

function open(file = './doubling-thread.ts', signal?: AbortSignal): WorkerPool<number, number> {
  return (pool = openWorkerPool({ module: new URL(file, import.meta.url), threads: 2, signal }));
}

const done = (value: number) => ({ type: 'done', value });

describe('openWorkerPool', () => {
  it('answers every list in the order of its items, and names what failed', async () => {
    const { run } = open();
    const answers = await Promise.all([run([1, 2]), run([3]), run([4, 13, 5]), run([])]);
    expect(answers).toEqual([
      [done(2), done(4)],
      [done(6)],
      [done(8), { type: 'failed', reason: '十三不行' }, done(10)],
      [],
    ]);
  });

  it('rejects only the item that brings its thread down, and goes on', async () => {
    const { run } = open();
    const [broken, whole] = await Promise.all([run([1, 7, 2]), run([3])]);
    expect(broken).toEqual([done(2), expect.objectContaining({ type: 'failed' }), done(4)]);
    expect(whole).toEqual([done(6)]);
    expect(await run([5])).toEqual([done(10)]);
  });

  it('ends an item that takes too long, alone, and names the limit', async () => {
    pool = openWorkerPool({
      module: new URL('./doubling-thread.ts', import.meta.url),
      threads: 1,
      limit: 2_000,
    });
    expect(await pool.run([1, 99, 2])).toEqual([
      done(2),
      { type: 'failed', reason: '超过 2 秒仍未做完' },
      done(4),
    ]);
  });

  it('does not hang when its threads cannot start', async () => {
    const { run, isReady } = open('./no-such-thread.ts');
    expect(await run([1])).toEqual([expect.objectContaining({ type: 'failed' })]);
    expect(isReady()).toBe(false);
  });

  it('stops at once when aborted, whatever the threads are at', async () => {
    const aborting = new AbortController();
    const { run } = open('./doubling-thread.ts', aborting.signal);
    await run([1]);
    const endless = [run([99]), run([99]), run([1])];
    aborting.abort(new Error('停'));
    for (const answer of endless) await expect(answer).rejects.toThrow('停');
    await expect(run([1])).rejects.toThrow('停');
  });
});
