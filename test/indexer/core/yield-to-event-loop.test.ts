import { expect, it } from 'vitest';
import { takeFirstTurn, createYielder } from '../../../indexer/core/yield-to-event-loop.ts';
import { roundsOf } from '../rounds-of.ts';

/** Holds the thread for longer than one may without asking. */
function work(): void {
  for (const until = performance.now() + 11; performance.now() < until;);
}

it('however many work at once, the event loop goes round after each piece of their work', async () => {
  let pieces = 0;
  const worker = async () => {
    const yieldToEventLoop = createYielder();
    for (let piece = 0; piece < 4; piece++) {
      work();
      pieces += 1;
      await yieldToEventLoop();
    }
  };
  const rounds = await roundsOf(Promise.all(Array.from({ length: 10 }, worker)));
  expect(pieces).toBe(40);
  // All of them begin in one round.
  expect(rounds).toBeGreaterThanOrEqual(30);
});

it('what has worked least goes on first', async () => {
  const ended: string[] = [];
  const worker = async (name: string, pieces: number) => {
    const yieldToEventLoop = createYielder();
    for (let piece = 0; piece < pieces; piece++) {
      work();
      await yieldToEventLoop();
    }
    ended.push(name);
  };
  const long = [worker('long', 60), worker('long', 60)];
  for (let at = 0; at < 25; at++) await new Promise(setImmediate);
  await Promise.all([worker('short', 3), ...long]);
  expect(ended[0]).toBe('short');
});

it('to wait for an answer is no work', async () => {
  const yieldToEventLoop = createYielder();
  await new Promise((done) => setTimeout(done, 30));
  expect(yieldToEventLoop()).toBeUndefined();
});

it('a crowd comes in one by one, each in a round of the event loop of its own', async () => {
  let came = 0;
  const rounds = await roundsOf(
    Promise.all(Array.from({ length: 20 }, () => takeFirstTurn().then(() => (came += 1)))),
  );
  expect(came).toBe(20);
  expect(rounds).toBeGreaterThanOrEqual(20);
});
