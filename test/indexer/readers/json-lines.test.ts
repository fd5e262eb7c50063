import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { jsonLines } from '../../../indexer/readers/json-lines.ts';
import { collect, inMemoryFile } from './in-memory-file.ts';
import { matching } from './matching.ts';

const read = (content: string | Uint8Array) =>
  collect(jsonLines.read(inMemoryFile('news.jsonl', content)));

describe('jsonLines', () => {
  it('reads an article a line', async () => {
    const record = {
      id: 'a-1',
      title: '园区 新闻',
      text: '第一段\n第二段',
      date: '2022-03',
      source: '某报',
      url: 'https://example.com',
      section: '03',
      other: { ignored: true },
    };
    const { pages, findings } = await read(`${JSON.stringify(record)}\r\n\n`);
    expect(findings).toEqual([]);
    expect(pages).toEqual([
      {
        type: 'page',
        file: 'news.jsonl',
        place: '第 1 行',
        layout: 'story',
        text: '第一段\n\n第二段',
        metadata: {
          id: 'a-1',
          title: '园区 新闻',
          source: '某报',
          url: 'https://example.com',
          section: '03',
          dates: [{ text: '2022-03', origin: 'record' }],
        },
      },
    ]);
  });

  it('understands Chinese keys, numbers, nulls and lists', async () => {
    const record = {
      编号: 7,
      标题: '甲',
      正文: '乙',
      日期: 20220307,
      来源: null,
      tags: ['a', 'b'],
    };
    expect((await read(JSON.stringify(record))).pages[0]?.metadata).toEqual({
      id: '7',
      title: '甲',
      tags: ['a', 'b'],
      dates: [{ text: '20220307', origin: 'record' }],
    });
  });

  it.each([
    ['broken JSON', '{"title": "甲", "text"', /JSON/],
    ['a list', '["甲"]', /数组/],
    ['a value', '7', /单个值/],
    ['no title', '{"text": "乙"}', /缺少字段 title（标题）/],
    ['an empty text', '{"title": "甲", "text": " "}', /text（正文）/],
    ['a title of the wrong kind', '{"title": {"a": 1}, "text": "乙"}', /title（标题）应为一段文字/],
    ['a long id', `{"id": "${'x'.repeat(201)}", "title": "甲", "text": "乙"}`, /id超过 200/],
    ['a text of nothing visible', '{"title": "甲", "text": "\\u200b"}', /空的/],
  ])('reports %s with its line and goes on', async (_name, line, reason) => {
    const { pages, findings } = await read(
      `{"title":"一","text":"一"}\n${line}\n{"title":"三","text":"三"}`,
    );
    expect(pages.map((page) => page.place)).toEqual(['第 1 行', '第 3 行']);
    expect(findings).toMatchObject([
      { severity: 'rejected', place: '第 2 行', reason: matching(reason) },
    ]);
    expect(findings[0]?.remedy).not.toBe('');
  });

  it('drops an address that is a script', async () => {
    const { pages } = await read('{"title":"甲","text":"乙","url":" JavaScript:x()"}');
    expect(pages[0]?.metadata.url).toBeUndefined();
  });

  it('repairs lone surrogates and bidi controls, and says so', async () => {
    const { pages, findings } = await read('{"title":"甲","text":"a\\ud800b\\u202ec"}');
    expect(pages[0]?.text).toBe('a\ufffdbc');
    expect(findings.every((finding) => finding.severity === 'doubtful')).toBe(true);
    expect(findings).not.toEqual([]);
  });

  it('reads GB18030 after much ASCII', async () => {
    const lines = `${'{"title":"a","text":"b"}\n'.repeat(500)}{"title":"高新区","text":"园区的科技企业增长很快，服务也好。"}\n`;
    const { pages, findings } = await read(iconv.encode(lines, 'gb18030'));
    expect(findings).toEqual([]);
    expect(pages.at(-1)?.metadata.title).toBe('高新区');
  });

  it('skips an endless line in bounded memory', async () => {
    const { pages, findings } = await read(
      `"${'园'.repeat(4_100_000)}"\n{"title":"甲","text":"乙"}`,
    );
    expect(pages).toHaveLength(1);
    expect(findings).toMatchObject([{ place: '第 1 行', reason: matching(/4,000,000/) }]);
  });

  it('accepts .json only with a record a line', () => {
    const accepts = (content: string): boolean =>
      jsonLines.accepts(inMemoryFile('a.json', content));
    expect(accepts('{"title":"甲"}\n{"title":"乙"}')).toBe(true);
    expect(accepts('{\n "title": "甲"\n}')).toBe(false);
  });

  it('gives any record back', async () => {
    const line = fc
      .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
      .filter((text) => /\p{L}/u.test(text) && !/[\s\p{C}]/u.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ title: line, text: line, id: line }), { minLength: 1, maxLength: 5 }),
        async (records) => {
          const { pages } = await read(records.map((record) => JSON.stringify(record)).join('\n'));
          expect(pages.map(({ text, metadata: { title, id } }) => ({ title, text, id }))).toEqual(
            records,
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});
