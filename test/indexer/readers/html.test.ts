import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { html } from '../../../indexer/readers/html.ts';
import type { Page } from '../../../indexer/readers/page.ts';
import { collect, inMemoryFile } from './in-memory-file.ts';

const read = (content: string | Uint8Array) => collect(html.read(inMemoryFile('a.html', content)));

async function readOne(content: string | Uint8Array): Promise<Page> {
  const { pages, findings } = await read(content);
  expect(findings).toEqual([]);
  expect(pages).toHaveLength(1);
  return pages[0]!;
}

const PARAGRAPHS = [
  '本报讯 某某高新区近日召开会议，部署今年的招商引资工作，要求各部门把服务企业放在首位，提高办事效率。',
  '会议透露，去年园区新增科技型企业一百二十家，建成孵化器三座，为企业提供检测、融资、人才等服务。',
  '负责人表示，下一步将扩大开放，加快绿色转型，建设新的实验室，让更多成果在园区落地。',
];

function document(options: { head?: string; info?: string; title?: string } = {}): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8">
<title>${options.title ?? '某某高新区部署招商工作_科技频道_某某网'}</title>${options.head ?? ''}</head>
<body><div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/n">新闻</a></li></ul></div>
<div class="article"><h1>某某高新区部署招商工作</h1><div class="info">${options.info ?? ''}</div>
<div class="content">${PARAGRAPHS.map((text) => `<p>　　${text}</p>`).join('\n')}</div></div>
<div class="footer"><a href="/about">关于我们</a> 版权所有</div><script>var a = '<p>x</p>';</script></body></html>`;
}

describe('html', () => {
  it('accepts by name and by content', () => {
    const accepts = (path: string, content: string): boolean =>
      html.accepts(inMemoryFile(path, content));
    expect(accepts('a.htm', 'x')).toBe(true);
    expect(accepts('a.txt', '\n<!DOCTYPE HTML>\n<html>')).toBe(true);
    expect(accepts('a.txt', '本报讯 <p>')).toBe(false);
  });

  it('finds the story among navigation, and the title without the site', async () => {
    const page = await readOne(document());
    expect(page.text).toBe(PARAGRAPHS.join('\n\n'));
    expect(page.layout).toBe('story');
    expect(page.metadata.title).toBe('某某高新区部署招商工作');
  });

  it('reads the meta elements of Chinese sites', async () => {
    const head =
      '<meta name="PubDate" content="2022-03-07 10:11"><meta name="ContentSource" content="某某日报">' +
      '<meta name="author" content="张三"><meta name="keywords" content="园区,招商">' +
      '<link rel="canonical" href="https://example.com/1.html">';
    expect((await readOne(document({ head }))).metadata).toEqual({
      title: '某某高新区部署招商工作',
      source: '某某日报',
      author: '张三',
      tags: ['园区', '招商'],
      url: 'https://example.com/1.html',
      dates: [{ text: '2022-03-07 10:11', origin: 'html-meta' }],
    });
  });

  it('reads linked data', async () => {
    const head = `<script type="application/ld+json">${JSON.stringify({
      '@graph': [
        {
          headline: '某某高新区部署招商工作',
          datePublished: '2022-03-07T10:11:00+08:00',
          author: [{ name: '张三' }],
          publisher: { name: '某某日报' },
        },
      ],
    })}</script>`;
    expect((await readOne(document({ head }))).metadata).toMatchObject({
      source: '某某日报',
      author: '张三',
      dates: [{ text: '2022-03-07T10:11:00+08:00', origin: 'html-meta' }],
    });
  });

  it.each([
    ['2022年03月07日 10:11　来源：某某日报　作者：张三', '2022年03月07日 10:11'],
    ['来源: <a href="x">某某日报</a> | 发布时间: 2022-03-07 | 作者：张三', '2022-03-07'],
  ])('reads the line under the headline: %s', async (info, date) => {
    expect((await readOne(document({ info }))).metadata).toMatchObject({
      source: '某某日报',
      author: '张三',
      dates: [{ text: date, origin: 'html-meta' }],
    });
  });

  it('reads the 版面 of a digital edition', async () => {
    const page = await readOne(document({ info: '2022-03-07 第03版：园区' }));
    expect(page.metadata.section).toBe('第03版：园区');
  });

  it.each(['gb2312', 'big5'] as const)('reads a document in %s', async (charset) => {
    const page = document().replace('utf-8', charset);
    const traditional = page.replace(/[\u4e00-\u9fff]/g, (letter) =>
      iconv.decode(iconv.encode(letter, charset), charset) === letter ? letter : '中',
    );
    expect((await readOne(iconv.encode(traditional, charset))).text).toMatch(/高/);
  });

  it('reads a fragment without html, head and body', async () => {
    const { pages, findings } = await read(
      `<h1>标题在此</h1>${PARAGRAPHS.map((p) => `<p>${p}`).join('')}`,
    );
    expect(findings).toEqual([]);
    expect(pages[0]?.metadata.title).toBe('标题在此');
    expect(pages[0]?.text).toContain(PARAGRAPHS[2]);
  });

  it('reads a very short story', async () => {
    expect(
      (await readOne('<html><title>短讯</title><body><p>园区今天开工。</p></body></html>')).text,
    ).toBe('园区今天开工。');
  });

  it('refuses a document without text', async () => {
    const { pages, findings } = await read('<html><body><script>render()</script></body></html>');
    expect(pages).toEqual([]);
    expect(findings).toMatchObject([{ severity: 'rejected' }]);
  });

  it('gets by without a title', async () => {
    const { pages, findings } = await read(`<body><p>${PARAGRAPHS[0]}</p></body>`);
    expect(pages[0]?.metadata.title).toBe('a');
    expect(findings).toMatchObject([{ severity: 'doubtful' }]);
  });

  it('survives nesting beyond any DOM', async () => {
    const { pages } = await read(`<html><body>${'<div>'.repeat(50_000)}园区新闻</body></html>`);
    expect(pages[0]?.text).toBe('园区新闻');
  });
});
