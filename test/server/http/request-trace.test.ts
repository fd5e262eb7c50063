import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RequestTrace } from '../../../server/http/request-trace.ts';
import {
  noteCacheUse,
  noteQuery,
  stageTimes,
  timed,
  traceRequest,
} from '../../../server/http/request-trace.ts';

afterEach(() => vi.restoreAllMocks());

/** Does the work as a request of its own and gives what was noted of it. */
function traced(work: () => unknown): Promise<RequestTrace> {
  return new Promise((resolve) =>
    traceRequest((trace) => {
      void Promise.resolve()
        .then(work)
        .then(
          () => resolve(trace),
          () => resolve(trace),
        );
    }),
  );
}

const running = (trace: RequestTrace) => [...trace.stages.values()].map((clock) => clock.running);

describe('timed', () => {
  it('gives what the work gives, with or without a request', async () => {
    expect(timed('parse', () => 7)).toBe(7);
    expect(await timed('engine', () => Promise.resolve(7))).toBe(7);
    await traced(() => expect(timed('parse', () => 7)).toBe(7));
  });

  it('counts parts that run at the same time once', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const events = new EventEmitter();
    const trace = await traced(async () => {
      const parts = ['first', 'second'].map((name) => timed('engine', () => once(events, name)));
      now = 10;
      events.emit('first');
      await parts[0];
      now = 30;
      events.emit('second');
      await parts[1];
      now = 100;
    });
    expect(stageTimes(trace)).toEqual([['engine', 30]]);
  });

  it('stops when the work fails', async () => {
    const fail = () => {
      throw new Error('no');
    };
    expect(running(await traced(() => timed('rank', fail)))).toEqual([0]);
    expect(
      running(await traced(() => timed('engine', () => Promise.reject(new Error('no'))))),
    ).toEqual([0]);
  });
});

describe('traceRequest', () => {
  it('keeps requests apart that are answered at the same time', async () => {
    const search = (query: string) => async () => {
      await sleep(5);
      noteQuery(query, `${query}!`);
      noteCacheUse('ranked', query === 'a');
    };
    const [a, b] = await Promise.all([traced(search('a')), traced(search('b'))]);
    expect(a).toMatchObject({
      query: { input: 'a' },
      cacheUses: [{ cache: 'ranked', isHit: true }],
    });
    expect(b).toMatchObject({
      query: { input: 'b' },
      cacheUses: [{ cache: 'ranked', isHit: false }],
    });
  });
});
