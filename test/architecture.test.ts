import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import config from '../vitest.config.ts';
import { circlesOf, filesBelow, importsUp, productImports, sourceOf } from './house/imports.ts';
import { testFiles } from './house/test-projects.ts';

const root = resolve(import.meta.dirname, '..');
const CODE = ['config', 'indexer', 'server', 'test'];

describe('the house', () => {
  const imports = productImports();

  it('has folders that import only from floors below their own', () => {
    expect(imports.size).toBeGreaterThan(0);
    expect(importsUp(imports)).toEqual([]);
  });

  it('has no circle of files, types included', () => {
    expect(circlesOf(imports)).toEqual([]);
  });

  it('keeps code in four folders only', () => {
    const strays = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !CODE.includes(entry.name))
      .filter((entry) => !['node_modules', 'data', 'coverage'].includes(entry.name))
      .flatMap((entry) => filesBelow(entry.name));
    expect(strays).toEqual([]);
  });

  it('makes safe HTML in one module only', () => {
    const makers = filesBelow('server').filter((file) =>
      /\bas (?:unknown as )?SafeHtml\b/.test(sourceOf(file)),
    );
    expect(makers).toEqual(['server/html/safe-html.ts']);
  });
});

describe('the projects of vitest', () => {
  it('run every file of tests, each in one project only', () => {
    const lists = (config.test?.projects ?? []).map((project) =>
      typeof project === 'object' && 'test' in project ? (project.test.include ?? []) : [],
    );
    expect(lists.map(({ length }) => length > 0)).toEqual([true, true, true, true]);
    expect(lists.flat().toSorted()).toEqual(testFiles().toSorted());
  });
});

describe('what the house is judged by', () => {
  it('finds a circle, and tells which files are in it', () => {
    const imports = new Map([
      ['a.ts', ['b.ts']],
      ['b.ts', ['c.ts', 'd.ts']],
      ['c.ts', ['a.ts']],
      ['d.ts', []],
    ]);
    expect(circlesOf(imports).map((circle) => circle.toSorted())).toEqual([
      ['a.ts', 'b.ts', 'c.ts'],
    ]);
  });

  it('finds an import that runs up, along its floor, or to a folder without a floor', () => {
    const imports = new Map([
      ['indexer/store/a.ts', ['indexer/push/b.ts', 'indexer/core/c.ts', 'indexer/store/d.ts']],
      ['indexer/readers/e.ts', ['indexer/analyzer/f.ts', 'indexer/nowhere/g.ts', 'config/h.ts']],
      ['indexer/cli.ts', ['server/main.ts', 'indexer/commands/i.ts']],
    ]);
    expect(importsUp(imports)).toEqual([
      'indexer/store/a.ts → indexer/push/b.ts',
      'indexer/readers/e.ts → indexer/analyzer/f.ts',
      'indexer/readers/e.ts → indexer/nowhere/g.ts',
      'indexer/cli.ts → server/main.ts',
    ]);
  });
});
