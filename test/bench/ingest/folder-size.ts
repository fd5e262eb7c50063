import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Megabytes on disk below a folder, as allocated: the engine's files have holes. */
export function folderSizeMb(folder: string): number {
  let blocks = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) blocks += statSync(join(entry.parentPath, entry.name)).blocks;
  return (blocks * 512) / 1e6;
}
