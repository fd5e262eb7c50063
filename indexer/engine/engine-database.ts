import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineFolder } from './engine-folder.ts';
import { readIfExists, writeAtomically } from './engine-folder.ts';
import { hasCode } from './process-identity.ts';

/** Old data that we keep for somebody to look at; what is older is deleted. */
const KEPT_OLD_DATABASES = 1;

/** The engine version that wrote the data, such as `1.21.0`; null when there are none or they do not say. */
export function databaseVersion(folder: EngineFolder): string | null {
  const version = readIfExists(join(folder.database, 'VERSION'))?.trim() ?? '';
  return /^\d+\.\d+\.\d+$/.test(version) ? version : null;
}

export function hasDatabase(folder: EngineFolder): boolean {
  return existsSync(folder.database) && readdirSync(folder.database).length > 0;
}

/** Tells data from those that took their place after they were moved aside. */
export function databaseIdentity(folder: EngineFolder): number | null {
  return statSync(folder.database, { throwIfNoEntry: false })?.ino ?? null;
}

/**
 * Puts the data out of the engine's way, as `meili.old-<version>-<time>` beside it, and returns the new
 * path. They can be made again from the article store, so only the latest are kept.
 */
export function moveDatabaseAside(folder: EngineFolder): string {
  const version = databaseVersion(folder) ?? 'unknown';
  const time = new Date().toISOString().replace(/[-:]/g, '').replace('.', '');
  const target = join(folder.root, `meili.old-${version}-${time}`);
  renameSync(folder.database, target);
  const byTime = (name: string) => name.slice(name.lastIndexOf('-'));
  const old = readdirSync(folder.root)
    .filter((name) => name.startsWith('meili.old-'))
    .sort((a, b) => byTime(b).localeCompare(byTime(a)));
  for (const name of old.slice(KEPT_OLD_DATABASES))
    rmSync(join(folder.root, name), { recursive: true, force: true });
  return target;
}

/** Asks whoever starts the engine next to discard its data first. Survives our own end. */
export function requestDiscard(folder: EngineFolder, reason: string): void {
  writeAtomically(folder.discardFile, `${reason}\n`);
}

/** Why the data are to be discarded; null when they are not. */
export function discardRequest(folder: EngineFolder): string | null {
  return readIfExists(folder.discardFile)?.trim() ?? null;
}

export function withdrawDiscard(folder: EngineFolder): void {
  rmSync(folder.discardFile, { force: true });
}

/** Whether a megabyte can be written: a full disk or quota looks like damaged data to the engine. */
export function hasSpace(folder: EngineFolder): boolean {
  const probe = join(folder.root, `.space-${process.pid}`);
  try {
    writeFileSync(probe, randomBytes(1 << 20), { flush: true });
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG')) return false;
    throw error;
  } finally {
    rmSync(probe, { force: true });
  }
}
