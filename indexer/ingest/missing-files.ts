import { lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { isIoError } from '../readers/io-findings.ts';
import { isInput } from '../readers/source-files.ts';
import type { Store } from '../store/database.ts';
import { removeFile } from './file-intake.ts';

/** Files of one folder that were taken in earlier and cannot be found. */
export interface MissingFiles {
  readonly folder: string;
  readonly paths: readonly string[];
  readonly articles: number;
  /** Why the files may well be there all the same, in Chinese; null: they are gone from among others. */
  readonly doubt: string | null;
}

/**
 * Files of the ledger that lay at or below the inputs and cannot be found, by folder. A share that is
 * not mounted and a folder that may not be read look like deleted files: only a folder that shows other
 * files vouches for what it lacks.
 */
export function findMissingFiles(store: Store, inputs: readonly string[]): MissingFiles[] {
  const places = inputs.map((input) => resolve(input));
  const missing = new Map<string, { folder: string; paths: string[]; doubt: string | null }>();
  const files = store.prepare<[], { path: string }>('SELECT path FROM files ORDER BY path');
  for (const { path } of files.iterate()) {
    if (!places.some((place) => path === place || path.startsWith(withSeparator(place)))) continue;
    const found = look(path);
    if (found.isThere) continue;
    const folder = dirname(path);
    const { doubt } = found;
    const key = `${folder}\0${doubt ?? ''}`;
    const known = missing.get(key);
    if (known !== undefined) known.paths.push(path);
    else missing.set(key, { folder, paths: [path], doubt: doubt ?? doubtAbout(folder) });
  }
  const articlesOf = store
    .prepare<[string], number>(
      'SELECT count(*) FROM articles JOIN files ON files.id = articles.file_id WHERE files.path = ?',
    )
    .pluck();
  return [...missing.values()].map((one) => ({
    ...one,
    articles: one.paths.reduce((sum, path) => sum + articlesOf.get(path)!, 0),
  }));
}

/** Removes the files with their articles; returns how many articles went. */
export async function pruneFiles(store: Store, paths: readonly string[]): Promise<number> {
  let removed = 0;
  for (const path of paths) removed += await removeFile(store, path);
  return removed;
}

/** Whether a file is there; `doubt` says why nobody knows, in Chinese. */
function look(path: string): { readonly isThere: boolean; readonly doubt: string | null } {
  try {
    statSync(path);
    return { isThere: true, doubt: null };
  } catch (error) {
    if (!isIoError(error)) throw error;
    const isDangling = error.code === 'ENOENT' && isLink(path);
    const doubt = isAbsence(error)
      ? isDangling
        ? '符号链接所指的地方不在了'
        : null
      : unreadable('文件', error);
    return { isThere: false, doubt };
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function doubtAbout(folder: string): string | null {
  try {
    return readdirSync(folder).some(isInput) ? null : '文件夹是空的';
  } catch (error) {
    if (!isIoError(error)) throw error;
    return isAbsence(error) ? '文件夹不在了' : unreadable('文件夹', error);
  }
}

function isAbsence({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function unreadable(what: string, { code = '' }: NodeJS.ErrnoException): string {
  return `${what}读不到（${code}）`;
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
