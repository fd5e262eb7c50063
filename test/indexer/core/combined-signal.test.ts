import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withCombinedSignal } from '../../../indexer/core/combined-signal.ts';

const forEver = (signal: AbortSignal) => sleep(60_000, undefined, { signal });
const causeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.cause : error),
  );

test('ends with whichever signal ends first, for its reason', async () => {
  const client = new AbortController();
  const shutdown = new AbortController();
  const cause = causeOf(withCombinedSignal([client.signal, undefined, shutdown.signal], forEver));
  shutdown.abort('SIGTERM');
  expect(await cause).toBe('SIGTERM');
  expect(await causeOf(withCombinedSignal([client.signal, shutdown.signal], forEver))).toBe(
    'SIGTERM',
  );
});

test('ends at the limit as a time-out', async () => {
  const cause = await causeOf(withCombinedSignal([], forEver, 5));
  expect(cause).toMatchObject({ name: 'TimeoutError' });
});

test('holds on to nothing when the work is done, well or ill', async () => {
  const { signal } = new AbortController();
  const one = { listeners: 0 };
  await withCombinedSignal([signal], () => {
    one.listeners = getEventListeners(signal, 'abort').length;
    return Promise.resolve();
  });
  await causeOf(withCombinedSignal([signal], () => Promise.reject(new Error('refused'))));
  expect(one.listeners).toBe(1);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('may be made of one signal many times at once, without a word of warning', async () => {
  const { signal } = new AbortController();
  const warnings: string[] = [];
  const note = ({ message }: Error) => void warnings.push(message);
  process.on('warning', note);
  await Promise.all(Array.from({ length: 20 }, () => withCombinedSignal([signal], () => sleep(1))));
  await sleep(10);
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
