import { describe, expect, it } from 'vitest';
import { frontMatterPost } from '../../../indexer/readers/front-matter-post.ts';
import { collect, inMemoryFile } from './in-memory-file.ts';
import { matching } from './matching.ts';

const read = (content: string, path = 'post.md') =>
  collect(frontMatterPost.read(inMemoryFile(path, content)));

const POST = `---
layout: post
title: "园区用“加法”换“乘法”"
date: 2022-03-07 17:59:35 +0800
categories: keji
tags: 园区 科技
author: [张三, 李四]
来源: 某某日报
---
`;

describe('frontMatterPost', () => {
  it('reads front matter and HTML paragraphs', async () => {
    const body =
      '<p>第一段&nbsp;有<b>粗体</b>。</p>\n <p><strong>小标题</strong></p>\n<p>（文章来源：某报）</p>';
    const { pages, findings } = await read(POST + body);
    expect(findings).toEqual([]);
    expect(pages).toEqual([
      {
        type: 'page',
        file: 'post.md',
        place: '',
        layout: 'story',
        text: '第一段 有粗体。\n\n小标题\n\n（文章来源：某报）',
        metadata: {
          title: '园区用“加法”换“乘法”',
          source: '某某日报',
          author: '张三 李四',
          tags: ['园区', '科技'],
          dates: [{ text: '2022-03-07 17:59:35 +0800', origin: 'front-matter' }],
        },
      },
    ]);
  });

  it('reads Markdown', async () => {
    const { pages } = await read(
      `${POST}一段有[链接](https://example.com/a_(b))和**粗体**。\n\n## 小标题\n\n- 甲\n- 乙\n\n![图](a.png)\n\n[查看原文](https://example.com/1)\n`,
    );
    expect(pages[0]?.text).toBe('一段有链接和粗体。\n\n小标题\n\n甲\n\n乙');
    expect(pages[0]?.metadata.url).toBe('https://example.com/1');
  });

  it('takes the heading that opens the body for the title where there is none', async () => {
    const { pages, findings } = await read('---\ndate: 2022-03\n---\n\n# 标题\n\n正文\n');
    expect(findings).toEqual([]);
    expect(pages[0]).toMatchObject({ text: '正文', metadata: { title: '标题' } });
  });

  it('falls back to the file name for a title, and says so', async () => {
    const { pages, findings } = await read('---\nlayout: post\n---\n正文', '2022-03-07-park.md');
    expect(pages[0]?.metadata.title).toBe('park');
    expect(findings).toMatchObject([{ reason: matching(/没有标题/) }]);
  });

  it('reports malformed YAML by line and takes its plain keys', async () => {
    const { pages, findings } = await read('---\ndate: 2022-03-07\ntitle: 佛山: 谱新篇\n---\n正文');
    expect(findings).toMatchObject([{ severity: 'doubtful', place: '第 3 行' }]);
    expect(pages[0]?.metadata).toEqual({
      title: '佛山: 谱新篇',
      dates: [{ text: '2022-03-07', origin: 'front-matter' }],
    });
  });

  it('keeps scalars as they are written', async () => {
    const { pages } = await read('---\ntitle: 007\nsection: 03\ndate: 20220307\n---\n正文');
    expect(pages[0]?.metadata).toMatchObject({
      title: '007',
      section: '03',
      dates: [{ text: '20220307' }],
    });
  });

  it('refuses front matter without a text', async () => {
    const { pages, findings } = await read(`${POST}\n<script>x</script>\n`);
    expect(pages).toEqual([]);
    expect(findings).toMatchObject([{ severity: 'rejected', place: '第 10 行' }]);
  });
});
