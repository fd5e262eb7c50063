import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { csv } from '../../../indexer/readers/csv.ts';
import { collect, inMemoryFile } from './in-memory-file.ts';
import { matching } from './matching.ts';

const read = (content: string | Uint8Array, path = 'news.csv') =>
  collect(csv.read(inMemoryFile(path, content)));

async function places(content: string): Promise<{ taken: string[]; refused: string[] }> {
  const { pages, findings } = await read(content);
  return {
    taken: pages.map((page) => `${page.place} ${page.metadata.title ?? ''}`),
    refused: findings.map((finding) => `${finding.place} ${finding.reason}`),
  };
}

describe('csv', () => {
  it('reads an article a record, quoted fields over several lines', async () => {
    const { pages, findings } = await read(
      'id,title,text,date,source,other\r\n1,甲,"第一段\r\n第二段，有""引号""",2022-03-07,某报,x\r\n2,乙,正文,,,\r\n',
    );
    expect(findings).toEqual([]);
    expect(pages).toMatchObject([
      {
        place: '第 2 行',
        layout: 'story',
        text: '第一段\n\n第二段，有"引号"',
        metadata: {
          id: '1',
          title: '甲',
          source: '某报',
          dates: [{ text: '2022-03-07', origin: 'record' }],
        },
      },
      { place: '第 4 行', metadata: { id: '2', title: '乙', dates: [] } },
    ]);
  });

  it.each([
    ['commas', 'title,text\n甲,乙'],
    ['tabs', 'title\ttext\n甲\t乙'],
    ['semicolons', 'sep=;\ntitle;text\n甲;乙'],
    ['a byte order mark and Chinese names', '\ufeff标题,正文\n甲,乙'],
    ['quoted names', '"Title" , TEXT\n甲,乙'.replace(' ,', ',')],
  ])('understands %s', async (_name, content) => {
    const { pages, findings } = await read(content);
    expect(findings).toEqual([]);
    expect(pages).toMatchObject([{ text: '乙', metadata: { title: '甲' } }]);
  });

  it('reads GB18030 and UTF-16', async () => {
    const content = '标题,正文,来源\n园区新闻,高新区的科技企业增长很快,某某日报\n';
    for (const encoding of ['gb18030', 'utf-16le']) {
      const { pages } = await read(iconv.encode(content, encoding, { addBOM: true }));
      expect(pages).toMatchObject([{ metadata: { title: '园区新闻', source: '某某日报' } }]);
    }
  });

  it('reports a header without title or text, naming the columns found', async () => {
    const { pages, findings } = await read('名称,正文\n甲,乙\n');
    expect(pages).toEqual([]);
    expect(findings).toMatchObject([{ place: '第 1 行', reason: matching(/title.*名称、正文/) }]);
  });

  it('reports a header without records', async () => {
    expect((await read('title,text\n')).findings).toMatchObject([{ severity: 'rejected' }]);
  });

  it('reports bad records by line and goes on', async () => {
    expect(await places('title,text\n甲,一\n,二\n丙,三,多\n丁,四\n,,\n戊\n己,六\n')).toEqual({
      taken: ['第 2 行 甲', '第 5 行 丁', '第 8 行 己'],
      refused: [
        '第 3 行 缺少字段 title（标题）',
        '第 4 行 有 3 列，比列名（2 列）多',
        '第 6 行 有 3 列，比列名（2 列）多',
        '第 7 行 缺少字段 text（正文）',
      ],
    });
  });

  it('loses only the line whose quote never closes', async () => {
    expect(await places('title,text\n甲,一\n乙,"二\n丙,三\n丁,四\n')).toEqual({
      taken: ['第 2 行 甲', '第 4 行 丙', '第 5 行 丁'],
      refused: ['第 3 行 双引号没有配对'],
    });
  });

  it('loses only the line whose quote closes in the next record', async () => {
    expect(await places('title,text\n甲,"一\n乙,"二\n又二"\n丙,三\n')).toEqual({
      taken: ['第 3 行 乙', '第 5 行 丙'],
      refused: ['第 2 行 双引号没有配对'],
    });
  });

  it('keeps quotes within a field as they are', async () => {
    const { pages, findings } = await read('title,text\n园区："干"字当头,正文\n');
    expect(pages[0]?.metadata.title).toBe('园区："干"字当头');
    expect(findings).toMatchObject([{ severity: 'doubtful', place: '第 2 行' }]);
  });

  it('gives any record back', async () => {
    const cell = fc
      .string({
        minLength: 1,
        maxLength: 20,
        unit: fc.constantFrom('园', '区', '"', ',', ';', 'a', '1', '。'),
      })
      .filter((text) => /[园区a1]/.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ title: cell, text: cell }), { minLength: 1, maxLength: 6 }),
        async (records) => {
          const { pages, findings } = await read(stringify(records, { header: true }));
          expect(findings).toEqual([]);
          expect(pages.map(({ text, metadata: { title } }) => ({ title, text }))).toEqual(records);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('gets to the end of a file in which every line opens a quote', async () => {
    const { pages, findings } = await read(`title,text\n${'a"b,"c\n'.repeat(300_000)}`);
    expect(pages.length + findings.length).toBeGreaterThan(0);
  });
});
