import { describe, expect, it } from 'vitest';
import { createSharedWork } from '../../../indexer/core/caches.ts';

function createCounted() {
  const share = createSharedWork<string>();
  const begun: { signal: AbortSignal; end: (answer: string) => void; fail: (e: Error) => void }[] =
    [];
  return {
    begun,
    ask: (key: string, signal?: AbortSignal) =>
      share(key, (signal) => new Promise((end, fail) => begun.push({ signal, end, fail })), signal),
  };
}

describe('work that several ask for', () => {
  it('is done once for all that ask meanwhile, and anew for who asks later', async () => {
    const { ask, begun } = createCounted();
    const asked = [ask('a'), ask('a'), ask('b')];
    expect(begun).toHaveLength(2);
    begun[0]!.end('A');
    begun[1]!.end('B');
    expect(await Promise.all(asked)).toEqual(['A', 'A', 'B']);
    void ask('a');
    expect(begun).toHaveLength(3);
  });

  it('goes on for the others when one gives up', async () => {
    const { ask, begun } = createCounted();
    const leaving = new AbortController();
    const left = expect(ask('a', leaving.signal)).rejects.toThrow('gone');
    const staying = ask('a', new AbortController().signal);
    leaving.abort(new Error('gone'));
    await left;
    expect(begun[0]!.signal.aborted).toBe(false);
    begun[0]!.end('A');
    expect(await staying).toBe('A');
  });

  it('ends when all have given up, and is begun anew for who asks then', async () => {
    const { ask, begun } = createCounted();
    const leaving = new AbortController();
    const left = [ask('a', leaving.signal), ask('a', leaving.signal)].map((one) =>
      expect(one).rejects.toThrow('gone'),
    );
    leaving.abort(new Error('gone'));
    await Promise.all(left);
    expect(begun[0]!.signal.aborted).toBe(true);
    const again = ask('a');
    expect(begun).toHaveLength(2);
    begun[1]!.end('A');
    expect(await again).toBe('A');
  });

  it('fails for all that waited and for nobody after', async () => {
    const { ask, begun } = createCounted();
    const failing = [ask('a'), ask('a')].map((one) => expect(one).rejects.toThrow('broken'));
    begun[0]!.fail(new Error('broken'));
    await Promise.all(failing);
    const again = ask('a');
    begun[1]!.end('A');
    expect(await again).toBe('A');
  });

  it('is not begun for who has given up before', async () => {
    const { ask, begun } = createCounted();
    await expect(ask('a', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(begun).toHaveLength(0);
  });
});
