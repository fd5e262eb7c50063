import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { newspaperPage } from '../../../indexer/readers/newspaper-page.ts';
import { collect, inMemoryFile } from './in-memory-file.ts';
import { matching } from './matching.ts';

const read = (content: string | Uint8Array) =>
  collect(newspaperPage.read(inMemoryFile('page.txt', content)));

describe('newspaperPage', () => {
  it('accepts text without front matter', () => {
    const accepts = (path: string, content: string): boolean =>
      newspaperPage.accepts(inMemoryFile(path, content));
    expect(accepts('a.txt', '本报讯')).toBe(true);
    expect(accepts('a.TXT', '---\n一条线\n---\n')).toBe(true);
    expect(accepts('a.txt', '---\ntitle: 甲\n---\n正文')).toBe(false);
    expect(accepts('a.docx', '本报讯')).toBe(false);
  });

  it('leaves the text as it stands, with plain line ends', async () => {
    const { pages, findings } = await read('\ufeff甲\r\n\r\n乙\r丙\n');
    expect(findings).toEqual([]);
    expect(pages).toEqual([
      {
        type: 'page',
        file: 'page.txt',
        place: '',
        layout: 'newspaper',
        text: '甲\n\n乙\n丙\n',
        metadata: { dates: [] },
      },
    ]);
  });

  it('reads GB18030', async () => {
    const text = '佛山高新区去年预计实现工业总产值四千亿元，比上年增长近三个百分点。';
    expect((await read(iconv.encode(text, 'gb18030'))).pages[0]?.text).toBe(text);
  });

  it('begins a page at a form feed', async () => {
    const { pages } = await read('第一\f\f第三\f');
    expect(pages.map(({ place, text }) => [place, text])).toEqual([
      ['第 1 页', '第一'],
      ['第 3 页', '第三'],
    ]);
  });

  it.each([
    ['bidi controls', '甲\u202e乙', '甲乙', /双向/],
    ['NULs', '园区\0新闻', '园区新闻', /控制字符/],
    [
      'undecodable bytes',
      Buffer.concat([Buffer.from('园区新闻科技'), Buffer.from([0xff])]),
      '园区新闻科技\ufffd',
      /截断/,
    ],
  ])('reports %s and goes on', async (_name, content, text, reason) => {
    const { pages, findings } = await read(content);
    expect(pages[0]?.text).toBe(text);
    expect(findings).toMatchObject([{ severity: 'doubtful', reason: matching(reason) }]);
  });

  it('makes lone surrogates well-formed', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0xfe, 0x00, 0xd8]),
      Buffer.from('园区新闻', 'utf16le'),
    ]);
    expect((await read(bytes)).pages[0]?.text).toBe('\ufffd园区新闻');
  });

  it.each([
    ['an endless line', '园'.repeat(200_001), /200,000/],
    ['nothing but white space', ' \n\u3000\n', /没有文字/],
    ['binary data', new Uint8Array(500).fill(1), /二进制/],
  ])('refuses %s, saying why', async (_name, content, reason) => {
    const { pages, findings } = await read(content);
    expect(pages).toEqual([]);
    expect(findings).toMatchObject([{ severity: 'rejected', reason: matching(reason) }]);
  });
});
