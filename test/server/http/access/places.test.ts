import { describe, expect, it } from 'vitest';
import { createPlaces, type LeavePlace } from '../../../../server/http/access/limit-concurrency.ts';

const LIMITS = { most: 4, share: 3, mostWaiting: 100, patienceMs: 10_000 };

/** Takes places one after the other; each that is given is told in the list and kept. */
function attend(places: ReturnType<typeof createPlaces>, given: string[], kept: LeavePlace[]) {
  return (client: string, name = client, signal?: AbortSignal) =>
    places.take(client, signal).then((leave) => {
      given.push(leave === null ? `no ${name}` : name);
      if (leave !== null) kept.push(leave);
    });
}

const settle = () => new Promise((done) => setImmediate(done));

describe('createPlaces', () => {
  it('leaves a place to others, however many one client wants', async () => {
    const given: string[] = [];
    const take = attend(createPlaces(LIMITS), given, []);
    for (let n = 0; n < 50; n += 1) void take('greedy');
    void take('other');
    await settle();
    expect(given).toEqual(['greedy', 'greedy', 'greedy', 'other']);
  });

  it('goes round among the clients that wait, and is first come, first served in each', async () => {
    const given: string[] = [];
    const kept: LeavePlace[] = [];
    const take = attend(createPlaces({ ...LIMITS, most: 1 }), given, kept);
    for (const name of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']) void take(name[0]!, name);
    for (let n = 0; n < 7; n += 1) {
      await settle();
      kept.shift()!();
    }
    expect(given).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
  });

  it('has a place left once, however often it is said', async () => {
    const given: string[] = [];
    const kept: LeavePlace[] = [];
    const take = attend(createPlaces({ ...LIMITS, most: 1 }), given, kept);
    for (const name of ['a', 'b', 'c']) void take(name);
    await settle();
    for (let n = 0; n < 3; n += 1) kept[0]!();
    await settle();
    expect(given).toEqual(['a', 'b']);
  });

  it('turns away who waits too long, who has gone, and who comes when too many wait', async () => {
    const given: string[] = [];
    const kept: LeavePlace[] = [];
    const places = createPlaces({ most: 1, share: 1, mostWaiting: 2, patienceMs: 20 });
    const take = attend(places, given, kept);
    await take('a');
    const gone = new AbortController();
    const waiting = [take('b'), take('c', 'c', gone.signal), take('d')];
    gone.abort();
    await Promise.all(waiting);
    expect(given).toEqual(['a', 'no d', 'no c', 'no b']);
    kept[0]!();
    await take('e');
    expect(given.at(-1)).toBe('e');
  });
});
