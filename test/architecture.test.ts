import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const rank: Readonly<Record<string, number>> = { config: 0, indexer: 1, server: 2, test: 3 };

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importedFiles(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/(?:from|import)\s*(?:\(\s*)?'(\.[^']+)'/g)].map((match) =>
    resolve(dirname(file), match[1]!),
  );
}

const roomOf = (file: string) => relative(root, file).split('/')[0]!;

describe('the house', () => {
  it.each(['config', 'indexer', 'server'])('%s imports only what lies below it', (room) => {
    const files = filesBelow(join(root, room));
    expect(files.length).toBeGreaterThan(0);
    const wrong = files.flatMap((file) =>
      importedFiles(file)
        .filter((target) => (rank[roomOf(target)] ?? Infinity) > rank[room]!)
        .map((target) => `${relative(root, file)} → ${relative(root, target)}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps code in four folders only', () => {
    const allowed = new Set(Object.keys(rank));
    const strays = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !allowed.has(entry.name))
      .filter((entry) => !['node_modules', 'data', 'coverage'].includes(entry.name))
      .flatMap((entry) => filesBelow(join(root, entry.name)))
      .map((file) => relative(root, file));
    expect(strays).toEqual([]);
  });

  it('makes safe HTML in one module only', () => {
    const makers = filesBelow(join(root, 'server')).filter((file) =>
      /\bas (?:unknown as )?SafeHtml\b/.test(readFileSync(file, 'utf8')),
    );
    expect(makers.map((file) => relative(root, file))).toEqual(['server/pages/safe-html.ts']);
  });
});
