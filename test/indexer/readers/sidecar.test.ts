import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../../indexer/readers/readers.ts';
import { createSidecarLookup } from '../../../indexer/readers/sidecar.ts';
import { findSourceFiles } from '../../../indexer/readers/source-files.ts';
import { collect, inMemoryFile, type Collected } from './in-memory-file.ts';
import { matching } from './matching.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function readFolder(files: Record<string, string>): Promise<Collected & { folder: string }> {
  const folder = await temporaryFolder(files);
  const surroundings = createSidecarLookup();
  const pages = [];
  const findings = [];
  for await (const file of findSourceFiles([folder])) {
    if ('type' in file) continue;
    const read = await collect(readSource(file, surroundings));
    pages.push(...read.pages);
    findings.push(...read.findings);
  }
  return { pages, findings, folder };
}

async function metadataOf(files: Record<string, string>): Promise<unknown> {
  return (await readFolder(files)).pages[0]?.metadata;
}

describe('createSidecarLookup', () => {
  it.each(['page.meta.yaml', 'page.txt.meta.yaml', 'page.meta.yml'])(
    'reads %s beside page.txt',
    async (name) => {
      const sidecar = 'source: 科技日报\ndate: 2022-03-07\nsection: "03"\n';
      expect(await metadataOf({ 'page.txt': '正文', [name]: sidecar })).toEqual({
        source: '科技日报',
        section: '03',
        dates: [{ text: '2022-03-07', origin: 'sidecar' }],
      });
    },
  );

  it('understands Chinese keys', async () => {
    const sidecar = '来源: 导报\n日期: 2021年2月\n版面: 第05版：园区\n';
    expect(await metadataOf({ 'a.txt': '正文', 'meta.yaml': sidecar })).toEqual({
      source: '导报',
      section: '第05版：园区',
      dates: [{ text: '2021年2月', origin: 'sidecar' }],
    });
  });

  it('lets the nearer say more, up to the named folder', async () => {
    const metadata = await metadataOf({
      'meta.yaml': 'source: 远\nsection: 远版\ndate: 2020',
      '2022/03/meta.yaml': 'source: 近\ndate: 2022-03',
      '2022/03/20220307.txt': '正文',
      '2022/03/20220307.meta.yaml': 'date: 2022-03-07',
    });
    expect(metadata).toEqual({
      source: '近',
      section: '远版',
      dates: [
        { text: '2022-03-07', origin: 'sidecar' },
        { text: '2022-03', origin: 'sidecar' },
        { text: '2020', origin: 'sidecar' },
        { text: '20220307', origin: 'file-name' },
      ],
    });
  });

  it('does not look above the named folder', async () => {
    const folder = await temporaryFolder({ 'meta.yaml': 'source: 外', 'in/a.txt': '正文' });
    for await (const file of findSourceFiles([join(folder, 'in')])) {
      if ('type' in file) throw new Error(file.reason);
      expect((await collect(readSource(file))).pages[0]?.metadata).toEqual({ dates: [] });
    }
  });

  it('does not give the title of a folder to its files', async () => {
    const files = { 'a.txt': '正文', 'meta.yaml': 'title: 总题\nsource: 报' };
    expect(await metadataOf(files)).toEqual({ source: '报', dates: [] });
  });

  it('reports malformed YAML once, with line and remedy, and takes what it can', async () => {
    const { pages, findings, folder } = await readFolder({
      'a.txt': '甲',
      'b.txt': '乙',
      'meta.yaml': 'source: 科技日报\nsection: 园区: 第3版\n',
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      severity: 'doubtful',
      file: join(folder, 'meta.yaml'),
      place: '第 2 行',
      remedy: matching(/双引号/),
    });
    expect(pages.map((page) => page.metadata.source)).toEqual(['科技日报', '科技日报']);
    expect(pages[0]?.metadata.section).toBe('园区: 第3版');
  });

  it.each([
    ['a list', '- a\n- b\n'],
    ['nothing but a word', 'word'],
    ['a bomb of aliases', `a: &a [x]\n${'b: [*a,*a]\n'.repeat(40)}`],
    ['a value of the wrong kind', 'source: {a: b}\n'],
    ['binary data', '\u0001\u0002\u0003\u0004\u0005'],
  ])('reports %s and reads the page all the same', async (_name, sidecar) => {
    const { pages, findings } = await readFolder({ 'a.txt': '甲', 'a.meta.yaml': sidecar });
    expect(pages).toHaveLength(1);
    expect(findings).toMatchObject([{ severity: 'doubtful' }]);
  });

  it.each([
    ['20230722.txt', '20230722'],
    ['2022-03-07-park.txt', '2022-03-07'],
    ['科技日报2022年3月7日第3版.txt', '2022年3月7日'],
    ['rmrb2022030703.txt', '20220307'],
    ['导报 2021年2月.txt', '2021年2月'],
    ['2022-03_page.txt', '2022-03'],
    ['20221345.txt', null],
    ['000_c17539849003529d.txt', null],
    ['2022-2024.txt', null],
    ['园区.txt', null],
  ])('finds the date in the name %s', async (name, date) => {
    const { metadata } = await createSidecarLookup()(inMemoryFile(`no/where/${name}`, '甲'));
    expect(metadata.dates).toEqual(date === null ? [] : [{ text: date, origin: 'file-name' }]);
  });
});
