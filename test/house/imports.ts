import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { floorOf, folderOf } from './floors.ts';

const root = resolve(import.meta.dirname, '../..');
const PRODUCT = ['config', 'indexer', 'server'];
const IMPORT = /(?:from|import)\s*(?:\(\s*)?'(\.[^']+)'/g;
/** What runs when the file does: imports at the beginning of a line, also over several, and dynamic ones; no types. */
const LOADED = /^(?:import|export) (?!type )(?:[^'";]*\bfrom )?'([^']+)'|\bimport\(\s*'([^']+)'/gm;

/** Files of TypeScript below a folder of the repository, from its root on. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

export function sourceOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** All files of the product with what each imports, types included. */
export function productImports(): ReadonlyMap<string, readonly string[]> {
  return new Map(PRODUCT.flatMap(filesBelow).map((file) => [file, importsOf(file)]));
}

/** The file and all that is loaded with it, directly or not: files from the root on, packages by their names. */
export function loadedWith(file: string): ReadonlySet<string> {
  const reached = new Set([file]);
  for (const one of reached)
    if (one.endsWith('.ts')) for (const next of loadedBy(one)) reached.add(next);
  return reached;
}

/** `FILE → FILE` for each import that does not lead to a floor below. */
export function importsUp(imports: ReadonlyMap<string, readonly string[]>): string[] {
  return [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => folderOf(target) !== folderOf(file))
      .filter((target) => {
        const floor = floorOf(folderOf(target));
        return floor === -1 || floor >= floorOf(folderOf(file));
      })
      .map((target) => `${file} → ${target}`),
  );
}

/** Each circle of files as a list: strongly connected components of more than one (Tarjan 1972). */
export function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];

  function visit(file: string): void {
    const number = order.size;
    order.set(file, number);
    lowest.set(file, number);
    stack.push(file);
    for (const target of imports.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      else if (!stack.includes(target)) continue;
      lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
    }
    if (lowest.get(file) !== number) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) circles.push(circle);
  }

  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles;
}

/** Lines of all files of the product. */
export function productLines(): number {
  return PRODUCT.flatMap(filesBelow).reduce(
    (sum, file) => sum + sourceOf(file).split('\n').length - 1,
    0,
  );
}

function importsOf(file: string): string[] {
  return [...sourceOf(file).matchAll(IMPORT)].map((match) => fromRoot(file, match[1]!));
}

const loadedByFile = new Map<string, readonly string[]>();

/** What the file loads itself. */
export function loadedBy(file: string): readonly string[] {
  const known = loadedByFile.get(file);
  if (known !== undefined) return known;
  const loaded = [...sourceOf(file).matchAll(LOADED)].map((match) => {
    const target = match[1] ?? match[2]!;
    return target.startsWith('.') ? fromRoot(file, target) : target;
  });
  loadedByFile.set(file, loaded);
  return loaded;
}

function fromRoot(file: string, target: string): string {
  return relative(root, resolve(root, dirname(file), target));
}
