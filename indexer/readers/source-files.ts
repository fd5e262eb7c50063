import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { rejected, type Finding } from '../core/finding.ts';
import { ioFinding, isIoError } from './io-findings.ts';
import { openSource } from './open-source.ts';
import type { SourceFile } from './page.ts';

type Found = AsyncGenerator<SourceFile | Finding>;

/** Files opened ahead of the one in hand: the disk works while pages are split. */
const OPENED_AHEAD = 16;

/**
 * Yields the files that `inputs` (files, folders, globs) name, each once, folders in the order of
 * names, with findings for what is missing, empty, too large or outside the named folder. Hidden
 * files and `meta.yaml` sidecars are no inputs. Never throws on what it meets in the file system.
 */
export async function* findSourceFiles(inputs: readonly string[]): Found {
  const seen = new Set<string>();
  for (const input of inputs) yield* findInput(input, seen);
}

async function* findInput(input: string, seen: Set<string>): Found {
  try {
    const real = await realpath(input);
    const isFolder = (await stat(real)).isDirectory();
    if (isFolder) yield* walkNamed({ path: input, real }, seen);
    else if (isNew(real, seen)) yield await openSource(input, dirname(input));
    return;
  } catch (error) {
    if (!isIoError(error) || error.code !== 'ENOENT' || !isDynamicPattern(input)) {
      yield ioFinding(input, error);
      return;
    }
  }
  yield* findGlob(input, seen);
}

/** The folder the user named: sidecars count up to here, symbolic links must stay inside. */
interface Root {
  readonly path: string;
  readonly real: string;
}

async function* walkNamed(root: Root, seen: Set<string>): Found {
  if (seen.has(root.real)) return;
  const seenBefore = seen.size;
  let isSilent = true;
  for await (const found of walk(root, root.real, seen)) {
    isSilent = false;
    yield found;
  }
  // Files named before are seen, too, and make no folder empty; the folder itself is one.
  if (isSilent && seen.size === seenBefore + 1)
    yield rejected(root.path, '', '文件夹里没有文件', '检查路径；隐藏文件和 meta.yaml 不算');
}

async function* findGlob(pattern: string, seen: Set<string>): Found {
  const base = staticBase(pattern);
  const options = { onlyFiles: false, expandDirectories: false, absolute: isAbsolute(pattern) };
  const matches = (await glob(pattern, options))
    .map((match) => match.replace(/\/+$/, ''))
    .filter((match) => !isSidecar(basename(match)))
    .sort();
  if (matches.length === 0) {
    const remedy = '检查通配符和当前所在的文件夹；整个文件夹可以直接写文件夹名';
    yield rejected(pattern, '', '没有文件符合这个通配符', remedy);
    return;
  }
  const root = { path: base, real: await realpath(base) };
  for (const match of matches) yield* visit(match, root, seen);
}

/** `data/2022/*.md` → `data/2022`. */
function staticBase(pattern: string): string {
  const parts = pattern.split('/');
  const dynamic = parts.findIndex((part) => isDynamicPattern(part));
  const fixed = parts.slice(0, dynamic < 0 ? -1 : dynamic).join('/');
  return fixed === '' ? (pattern.startsWith('/') ? '/' : '.') : fixed;
}

async function* walk(root: Root, folder: string, seen: Set<string>): Found {
  if (!isNew(folder, seen)) return;
  const shown = join(root.path, relative(root.real, folder));
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    yield ioFinding(shown, error);
    return;
  }
  const taken = entries
    .filter(({ name }) => isInput(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  for (let start = 0; start < taken.length; start += OPENED_AHEAD) {
    const batch = taken.slice(start, start + OPENED_AHEAD);
    const opened = await Promise.all(
      batch.map((entry) =>
        entry.isFile() && isNew(join(folder, entry.name), seen)
          ? openSource(join(shown, entry.name), root.path)
          : Promise.resolve(null),
      ),
    );
    for (const [index, entry] of batch.entries()) {
      const source = opened[index] ?? null;
      if (source !== null) yield source;
      else if (!entry.isFile()) yield* visit(join(shown, entry.name), root, seen);
    }
  }
}

async function* visit(path: string, root: Root, seen: Set<string>): Found {
  try {
    const real = await realpath(path);
    if (!isInside(real, root.real)) {
      const link = await leavingLink(path, root);
      if (!isNew(`reported ${await realpath(link)}`, seen)) return;
      const remedy = '把文件复制进来，或在命令行上直接给出链接所指的路径';
      yield rejected(link, '', `符号链接指向文件夹 ${root.path} 以外的地方`, remedy);
      return;
    }
    const isFolder = (await stat(real)).isDirectory();
    if (isFolder) yield* walk(root, real, seen);
    else if (isNew(real, seen)) yield await openSource(path, root.path);
  } catch (error) {
    yield ioFinding(path, error);
  }
}

/** The outermost part of a path that lies outside: `in/link/x.txt` → `in/link`, reported once. */
async function leavingLink(path: string, root: Root): Promise<string> {
  let link = root.path;
  for (const part of relative(root.path, path).split(sep)) {
    link = join(link, part);
    if (!isInside(await realpath(link), root.real)) break;
  }
  return link;
}

function isNew(path: string, seen: Set<string>): boolean {
  if (seen.has(path)) return false;
  seen.add(path);
  return true;
}

/** Whether what has this name in a folder is taken for an input: hidden files and sidecars are not. */
export function isInput(name: string): boolean {
  return !name.startsWith('.') && !isSidecar(name);
}

function isSidecar(name: string): boolean {
  return /^(?:.*\.)?meta\.ya?ml$/i.test(name);
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
