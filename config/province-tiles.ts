import { readFileSync } from 'node:fs';
import { z } from 'zod';

const place = z.int().min(0).max(20);
const tiles = z.array(z.strictObject({ province: z.string().min(1), column: place, row: place }));

/** A province's square on a map on which all provinces are equally large; row 0 is the north. */
export type ProvinceTile = z.infer<typeof tiles>[number];

/**
 * The squares of `province-tiles.json`, which keep neighbours side by side as far as a grid can.
 * @throws ZodError when the file is not as it should be.
 */
export function loadProvinceTiles(): readonly ProvinceTile[] {
  const file = new URL('./province-tiles.json', import.meta.url);
  return tiles.parse(JSON.parse(readFileSync(file, 'utf8')));
}
