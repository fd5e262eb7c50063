import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeAtomically } from '../core/write-atomically.ts';
import type { EngineFolder } from './engine-folder.ts';
import { readIfExists } from './engine-folder.ts';
import type { EngineLog } from './engine-log.ts';
import { hasCode } from './process-identity.ts';

/** Old data that we keep for somebody to look at; what is older is deleted. */
const KEPT_OLD_DATABASES = 1;

export function hasDatabase({ database }: EngineFolder): boolean {
  return existsSync(database) && readdirSync(database).length > 0;
}

/** Tells data from those that took their place after they were moved aside. */
export function databaseIdentity({ database }: EngineFolder): number | null {
  return statSync(database, { throwIfNoEntry: false })?.ino ?? null;
}

/** The engine version that wrote the data, such as `1.21.0`; null when there are none or they do not say. */
function databaseVersion({ database }: EngineFolder): string | null {
  const version = readIfExists(join(database, 'VERSION'))?.trim() ?? '';
  return /^\d+\.\d+\.\d+$/.test(version) ? version : null;
}

/**
 * Why an engine of this version that does not start must begin without its data; null when they are not
 * to blame (yet). 1.21 refuses the data of any other version, and data that do not say who wrote them.
 */
export function reasonToDiscard(
  folder: EngineFolder,
  version: string,
  isBlamed: boolean,
): string | null {
  const written = databaseVersion(folder);
  if (written === null) return '检索引擎的数据没有版本记录，无法打开';
  if (written !== version)
    return `检索引擎的数据是 ${written} 版写的，现在的引擎是 ${version} 版，不能打开`;
  return isBlamed && hasSpace(folder) ? '检索引擎的数据已损坏，无法打开' : null;
}

/**
 * Puts the data out of the engine's way, as `meili.old-<version>-<time>` beside it. They can be made again
 * from the article store, so only the latest are kept.
 */
export function moveDatabaseAside(folder: EngineFolder, reason: string, log: EngineLog): void {
  const { root, database } = folder;
  const time = new Date().toISOString().replace(/[-:]/g, '').replace('.', '');
  const target = join(root, `meili.old-${databaseVersion(folder) ?? 'unknown'}-${time}`);
  renameSync(database, target);
  const byTime = (name: string) => name.slice(name.lastIndexOf('-'));
  const old = readdirSync(root)
    .filter((name) => name.startsWith('meili.old-'))
    .sort((a, b) => byTime(b).localeCompare(byTime(a)));
  for (const name of old.slice(KEPT_OLD_DATABASES))
    rmSync(join(root, name), { recursive: true, force: true });
  log.warn(
    `${reason}，已移到 ${basename(target)}，引擎从空白开始；文章都在文章库里，索引会由文章库重建。`,
  );
}

/** Asks whoever starts the engine next to discard its data first. Survives our own end. */
export function requestDiscard({ discardFile }: EngineFolder, reason: string): void {
  writeAtomically(discardFile, `${reason}\n`, 0o600);
}

/** Whether the data are to be discarded before the next start. */
export function isDiscardRequested({ discardFile }: EngineFolder): boolean {
  return existsSync(discardFile);
}

/** Does what {@link requestDiscard} asked for, if it did. */
export function discardOnRequest(folder: EngineFolder, log: EngineLog): void {
  const reason = readIfExists(folder.discardFile)?.trim();
  if (reason === undefined) return;
  if (hasDatabase(folder)) moveDatabaseAside(folder, reason, log);
  rmSync(folder.discardFile, { force: true });
}

/** Whether a megabyte can be written: a full disk or quota looks like damaged data to the engine. */
export function hasSpace({ root }: EngineFolder): boolean {
  const probe = join(root, `.space-${process.pid}`);
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
