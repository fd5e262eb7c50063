import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { articlePage } from '../../../server/pages/article-page.ts';
import type { ArticlePageView } from '../../../server/pages/article-page.ts';
import { SHELL, articleOf, articleViewOf } from './sample-views.ts';

function open(changes: Partial<ArticlePageView> = {}): {
  texts: (selector: string) => string[];
  hrefs: (selector: string) => (string | null)[];
} {
  const { document } = parseHTML(articlePage(SHELL, { ...articleViewOf('招商'), ...changes }));
  const all = (selector: string): Element[] => [...document.querySelectorAll(selector)];
  return {
    texts: (selector) => all(selector).map((e) => e.textContent.replace(/\s+/g, ' ').trim()),
    hrefs: (selector) => all(selector).map((e) => e.getAttribute('href')),
  };
}

describe('articlePage', () => {
  it('counts the matches and leads back to the search', () => {
    const page = open();
    expect(page.texts('#matches')).toEqual(['正文中有 5 处匹配']);
    expect(page.hrefs('.toolbar a')[0]).toMatch(/^\/search\?q=%E6%8B%9B%E5%95%86&park=/);
  });

  it('has no way back where there was no search', () => {
    expect(open({ request: null }).texts('.toolbar')).toEqual([]);
  });

  it('shows how the date was known and keeps folders to itself', () => {
    const article = {
      ...articleOf('招商'),
      dateEvidence: '版面眉题',
      origin: { file: '/home/somebody/news/a.txt', place: '第 1 篇' },
    };
    const facts = open({ article }).texts('.about dd');
    expect(facts).toContain('版面眉题');
    expect(facts).toContain('a.txt 第 1 篇');
  });

  it.each([
    ['https://example.org/a', ['https://example.org/a']],
    ['javascript:alert(1)', []],
    ['data:text/html,x', []],
    [null, []],
  ])('links to the original at %s only when that is a web page', (sourceUrl, expected) => {
    expect(
      open({ article: { ...articleOf('招商'), sourceUrl } }).hrefs('a[rel=noreferrer]'),
    ).toEqual(expected);
  });

  it('names the copies of the story', () => {
    expect(open().hrefs('#duplicates-title ~ ul a')[0]).toContain('/articles/');
    expect(open({ duplicates: [] }).texts('#duplicates-title')).toEqual([]);
  });
});
