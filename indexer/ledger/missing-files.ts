import { existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { Store } from '../store/database.ts';
import { removeFile } from './file-intake.ts';

/** Files of the ledger that lay at or below the inputs and are gone from the disk. */
export function findMissingFiles(store: Store, inputs: readonly string[]): string[] {
  const places = inputs.map((input) => resolve(input));
  return store
    .prepare<[], { path: string }>('SELECT path FROM files ORDER BY path')
    .all()
    .map(({ path }) => path)
    .filter((path) => places.some((place) => path === place || path.startsWith(place + sep)))
    .filter((path) => !existsSync(path));
}

/** Removes the files with their articles; returns how many articles went. */
export async function pruneFiles(store: Store, paths: readonly string[]): Promise<number> {
  let removed = 0;
  for (const path of paths) removed += await removeFile(store, path);
  return removed;
}
