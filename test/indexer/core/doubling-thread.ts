import { serveItems } from '../../../indexer/core/serve-items.ts';

/** Doubles numbers, and misbehaves on some of them. */
serveItems((n: number) => {
  if (n === 13) throw new Error('十三不行');
  if (n === 7) process.exit(1);
  if (n === 99) for (;;);
  return n * 2;
});
