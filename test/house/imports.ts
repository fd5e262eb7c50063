import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { floorOf, folderOf } from './floors.ts';

const root = resolve(import.meta.dirname, '../..');
const PRODUCT = ['config', 'indexer', 'server'];
const IMPORT = /(?:from|import)\s*(?:\(\s*)?'(\.[^']+)'/g;

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
  return [...sourceOf(file).matchAll(IMPORT)].map((match) =>
    relative(root, resolve(root, dirname(file), match[1]!)),
  );
}
