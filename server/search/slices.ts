import { createYielder } from '../../indexer/core/yield-to-event-loop.ts';

/** Milliseconds for which work holds the thread before others have their turn; a step may take as long again. */
const SLICE_MS = 4;

/** Goes on with the steps for one slice; null: they are not at their end. */
export function workOneSlice<Result extends object>(steps: Generator<void, Result>): Result | null {
  const began = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() - began >= SLICE_MS) return null;
  }
}

/** Does all the steps while others are answered. */
export async function workInSlices<Result extends object>(
  steps: Generator<void, Result>,
): Promise<Result> {
  const yieldToEventLoop = createYielder();
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await yieldToEventLoop();
  }
}
