import { describe, expect, it } from 'vitest';
import { splitStory } from '../../../indexer/articles/split-story.ts';
import type { Page } from '../../../indexer/readers/page.ts';

function storyPage(text: string, title?: string): Page {
  const metadata = { dates: [], ...(title === undefined ? {} : { title }) };
  return { type: 'page', file: 'post.md', place: '', layout: 'story', text, metadata };
}

describe('splitStory', () => {
  it('keeps the title of the metadata and the paragraphs as given', () => {
    const { articles } = splitStory(
      storyPage('第一段说了一件事。\n\n第二段又说了一件事。', '标题'),
    );
    expect(articles[0]).toMatchObject({
      title: '标题',
      paragraphs: ['第一段说了一件事。', '第二段又说了一件事。'],
      confidence: 1,
    });
  });

  it('takes the first line as the title when there is none', () => {
    const { articles } = splitStory(storyPage('东岭高新区开园\n\n第一段说了一件事。'));
    expect(articles[0]).toMatchObject({
      title: '东岭高新区开园',
      paragraphs: ['第一段说了一件事。'],
    });
  });

  it('sets links, sources and navigation aside', () => {
    const text =
      '正文只有这一段。\n\n（文章来源：示例报）\n\n<http://example.test/a?b=1>\n\n[返回新闻](//example.test/a.html)｜[返回首页](//example.test/)';
    const { articles, setAside } = splitStory(storyPage(text, '标题'));
    expect(articles[0]!.paragraphs).toEqual(['正文只有这一段。']);
    expect(setAside).toHaveLength(3);
  });

  it('sets navigation aside whose links a reader has made words', () => {
    const { articles } = splitStory(
      storyPage('正文只有这一段。\n\n返回园区新闻｜返回首页', '标题'),
    );
    expect(articles[0]!.paragraphs).toEqual(['正文只有这一段。']);
  });

  it.each(['（2024年4月18日）', '要闻', '2024年4月18日 星期四', 'A', '3 月 5 日'])(
    'keeps %s, which at the head of a printed page would be no part of a story',
    (line) => {
      const { articles } = splitStory(storyPage(`第一段。\n\n${line}\n\n第二段。`, '标题'));
      expect(articles[0]!.paragraphs).toEqual(['第一段。', line, '第二段。']);
    },
  );

  it('does not give the title twice', () => {
    const { articles } = splitStory(storyPage('标题，一样的\n\n正文只有这一段。', '标题 一样的'));
    expect(articles[0]!.paragraphs).toEqual(['正文只有这一段。']);
    expect(articles[0]!.parts[0]!.role).toBe('title');
  });

  it('returns no article for an empty text', () => {
    expect(splitStory(storyPage(' \n\n ')).articles).toEqual([]);
  });
});
