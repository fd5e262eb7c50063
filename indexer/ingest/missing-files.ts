import { lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { isIoError } from '../readers/io-findings.ts';
import { isInput } from '../readers/source-files.ts';
import { allValues, valueOf, type Store } from '../store/database.ts';
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
  for (const path of allValues<string>(store, 'SELECT path FROM files ORDER BY path')) {
    if (!places.some((place) => path === place || path.startsWith(withSeparator(place)))) continue;
    const doubt = doubtAboutFile(path);
    if (doubt === undefined) continue;
    const folder = dirname(path);
    const key = `${folder}\0${doubt ?? ''}`;
    const known = missing.get(key);
    if (known !== undefined) known.paths.push(path);
    else missing.set(key, { folder, paths: [path], doubt: doubt ?? doubtAboutFolder(folder) });
  }
  const articlesOf =
    'SELECT count(*) FROM articles JOIN files ON files.id = articles.file_id WHERE files.path = ?';
  return [...missing.values()].map((one) => ({
    ...one,
    articles: one.paths.reduce((sum, path) => sum + valueOf<number>(store, articlesOf, path)!, 0),
  }));
}

/** Removes the files with their articles; returns how many articles went. */
export async function pruneFiles(store: Store, paths: readonly string[]): Promise<number> {
  let removed = 0;
  for (const path of paths) removed += await removeFile(store, path);
  return removed;
}

/** Undefined for a file that is there; else why nobody knows, in Chinese, or null when it is surely gone. */
function doubtAboutFile(path: string): string | null | undefined {
  try {
    statSync(path);
    return undefined;
  } catch (error) {
    if (!isIoError(error)) throw error;
    if (!isAbsence(error)) return unreadable('文件', error);
    const isDangling = error.code === 'ENOENT' && isLink(path);
    return isDangling ? '符号链接所指的地方不在了' : null;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function doubtAboutFolder(folder: string): string | null {
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
