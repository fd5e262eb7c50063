/**
 * Yields what `work` makes of each item, in the order of the items, while work on up to `ahead()`
 * later ones goes on; nothing is read further ahead than that.
 */
export async function* mapInOrder<In, Out>(
  source: AsyncIterable<In> | Iterable<In>,
  ahead: () => number,
  work: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const pending: Promise<Out>[] = [];
  for await (const item of source) {
    const result = work(item);
    // It is awaited in its turn; until then a failure must not count as unhandled.
    result.catch(() => undefined);
    pending.push(result);
    while (pending.length > ahead()) yield await pending.shift()!;
  }
  while (pending.length > 0) yield await pending.shift()!;
}
