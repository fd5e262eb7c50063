/** How often the event loop goes round until the work is done. */
export async function roundsOf(work: Promise<unknown>): Promise<number> {
  const progress = { isDone: false };
  const done = work.finally(() => (progress.isDone = true));
  let rounds = 0;
  for (; !progress.isDone; rounds++) await new Promise(setImmediate);
  await done;
  return rounds;
}
