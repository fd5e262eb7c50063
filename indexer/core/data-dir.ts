import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const OWNER_ONLY = 0o600;
const OWNERS = 0o700;
const OTHERS = 0o077;

/**
 * Makes a folder for its owner only, with the folders above it. Unlike `mkdir` with `recursive`, which
 * tries for ever in /proc, it gives up where the file system does.
 */
export function makeFolder(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process has made it meanwhile.
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    if (!isThere || !statSync(path).isDirectory()) throw error;
  }
}

/**
 * Makes a database file that only its owner can read, or makes the one that is there so; SQLite gives
 * what it writes beside it the same mode.
 */
export function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', OWNER_ONLY));
  for (const path of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) tighten(path);
}

/** Leaves the files in a folder to their owner only. */
export function makePrivateWithin(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) tighten(join(entry.parentPath, entry.name));
}

function tighten(path: string): void {
  const file = lstatSync(path, { throwIfNoEntry: false });
  if (file === undefined || (file.mode & OTHERS) === 0) return;
  // Whose file is another's may only be used, as where a group shares a DATA_DIR.
  if (file.uid === process.getuid?.()) chmodSync(path, file.mode & OWNERS);
}
