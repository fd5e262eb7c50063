import { chmod, symlink, truncate, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../indexer/core/finding.ts';
import type { SourceFile } from '../../../indexer/readers/page.ts';
import { findSourceFiles } from '../../../indexer/readers/source-files.ts';
import { matching } from './matching.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface Found {
  readonly files: readonly SourceFile[];
  readonly findings: readonly Finding[];
}

async function find(...inputs: string[]): Promise<Found> {
  const files: SourceFile[] = [];
  const findings: Finding[] = [];
  for await (const found of findSourceFiles(inputs)) {
    if ('type' in found) findings.push(found);
    else files.push(found);
  }
  return { files, findings };
}

async function namesIn(folder: string, ...inputs: string[]): Promise<string[]> {
  const { files } = await find(...inputs.map((input) => join(folder, input)));
  return files.map((file) => relative(folder, file.path));
}

describe('findSourceFiles', () => {
  it('walks a folder in the order of names, without hidden files and sidecars', async () => {
    const folder = await temporaryFolder({
      'b.txt': 'x',
      'a/2.md': 'x',
      'a/10.md': 'x',
      'a/meta.yaml': 'source: x',
      'b.meta.yaml': 'source: x',
      'b.txt.meta.yml': 'source: x',
      '.hidden': 'x',
      '.git/config': 'x',
      'c.json': '{}',
    });
    expect(await namesIn(folder, '.')).toEqual(['a/10.md', 'a/2.md', 'b.txt', 'c.json']);
  });

  it('yields a file once, however often it is named', async () => {
    const folder = await temporaryFolder({ 'a.txt': 'x', 'b.txt': 'x' });
    expect(await namesIn(folder, 'b.txt', '.', '*.txt')).toEqual(['b.txt', 'a.txt']);
  });

  it('understands globs', async () => {
    const folder = await temporaryFolder({ 'a/1.md': 'x', 'a/b/2.md': 'x', 'a/3.txt': 'x' });
    expect(await namesIn(folder, 'a/**/*.md')).toEqual(['a/1.md', 'a/b/2.md']);
    expect(await namesIn(folder, 'a/*')).toEqual(['a/1.md', 'a/3.txt', 'a/b/2.md']);
  });

  it('takes a name with brackets as it is written', async () => {
    const folder = await temporaryFolder({ '[2022] a*.txt': 'x' });
    expect(await namesIn(folder, '[2022] a*.txt')).toEqual(['[2022] a*.txt']);
  });

  it('reads heads, whole files and streams', async () => {
    const content = '园区'.repeat(50_000);
    const folder = await temporaryFolder({ 'long.txt': content });
    const file = (await find(folder)).files[0]!;
    expect(file).toMatchObject({ size: 300_000, root: folder });
    expect(file.head.length).toBe(65_536);
    expect((await file.read()).toString()).toBe(content);
    const chunks: Buffer[] = [];
    for await (const chunk of file.stream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe(content);
  });

  it('reports what is missing, with the remedy', async () => {
    const folder = await temporaryFolder();
    const { findings } = await find(join(folder, 'no.txt'), join(folder, '*.md'), folder);
    expect(findings).toMatchObject(
      [
        { severity: 'rejected', file: join(folder, 'no.txt'), reason: /找不到/ },
        { severity: 'rejected', reason: /没有文件符合/ },
        { severity: 'rejected', file: folder, reason: /文件夹里没有文件/ },
      ].map((expected) => ({ ...expected, reason: matching(expected.reason) })),
    );
    expect(findings.every((finding) => finding.remedy !== '')).toBe(true);
  });

  it('reports empty and too large files, naming the limit', async () => {
    const folder = await temporaryFolder({ 'empty.txt': '', 'large.txt': '', 'large.csv': '' });
    await truncate(join(folder, 'large.txt'), 40 * 1024 * 1024);
    await truncate(join(folder, 'large.csv'), 40 * 1024 * 1024);
    const { files, findings } = await find(folder);
    expect(files.map((file) => file.size)).toEqual([40 * 1024 * 1024]);
    expect(findings.map((finding) => finding.reason)).toEqual([
      matching(/空的/),
      matching(/40 MiB.*上限 32 MiB/),
    ]);
  });

  it('reports a link that leaves the folder and follows one that stays', async () => {
    const outside = await temporaryFolder({ 'secret.txt': 'x' });
    const folder = await temporaryFolder({ 'a/real.txt': 'x', 'b.txt': 'x' });
    await symlink(join(outside, 'secret.txt'), join(folder, 'c.txt'));
    await symlink(outside, join(folder, 'd'));
    await symlink(folder, join(folder, 'loop'));
    await symlink(join(folder, 'gone.txt'), join(folder, 'e.txt'));
    await symlink(join(folder, 'b.txt'), join(folder, 'a/b-link.txt'));
    const { files, findings } = await find(folder);
    expect(files.map((file) => relative(folder, file.path))).toEqual(['a/real.txt', 'b.txt']);
    expect(findings.map(({ file, reason }) => [relative(folder, file), reason])).toEqual([
      ['c.txt', matching(/以外/)],
      ['d', matching(/以外/)],
      ['e.txt', matching(/找不到/)],
    ]);
    const matched = await find(join(folder, '**/*.txt'));
    expect(matched.files).toHaveLength(2);
    expect(matched.findings.map(({ file }) => relative(folder, file))).toEqual(['c.txt', 'd']);
  });

  it('turns I/O errors into findings', async () => {
    const folder = await temporaryFolder({ 'a.txt': 'x' });
    const { files } = await find(folder);
    await writeFile(join(folder, 'b.txt'), 'x');
    await chmod(join(folder, 'b.txt'), 0);
    const { findings } = await find(join(folder, 'b.txt'), join(folder, 'a.txt', 'c'), 'a\0b');
    // The superuser may read everything.
    const readable = process.getuid?.() === 0;
    expect(findings).toHaveLength(readable ? 2 : 3);
    expect(files).toHaveLength(1);
  });
});
