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
    expect(page.texts('#matches')).toEqual(['正文中有 7 处匹配 1 2 3 4 5 6 7']);
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
    expect(facts).toContain('2022年3月24日依据：版面眉题');
    expect(facts).toContain('a.txt 第 1 篇看原始版面');
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

  it('sets crossheads as headings and keeps captions apart', () => {
    const page = open();
    expect(page.texts('.body h2')).toEqual(['招商']);
    expect(page.texts('.body p')).toEqual(['招商']);
    expect(page.texts('.captions p')).toEqual(['招商']);
  });

  it('names the copies of the story and folds away how they differ', () => {
    expect(open().hrefs('#copies-title ~ ul > li > a')[0]).toContain('/articles/');
    const [differences] = open().texts('.copies details:not([open])');
    expect(differences).toContain('本篇：招商那一份：招商版');
    expect(differences).toContain('……相同的 1 句……');
    expect(open().texts('.copies del')).toEqual(['只在本篇', '招商', '招商']);
    expect(open({ copies: [] }).texts('#copies-title')).toEqual([]);
  });

  it.each([
    ['newspaper', 0.49, /从整版文字里拼出来的，把握不大/],
    ['newspaper', 0.5, null],
    ['story', 0.6, /文件没有写明标题/],
    ['story', 1, null],
  ] as const)('says of a %s page split with certainty %f what to think of it', (...row) => {
    const [pageLayout, confidence, expected] = row;
    const article = { ...articleOf('招商'), confidence };
    const [note] = open({ article, page: { layout: pageLayout } }).texts('.doubt');
    if (expected === null) expect(note).toBeUndefined();
    else expect(note).toMatch(expected);
  });

  it('says why a story is related, and when nobody could be asked', () => {
    expect(open().texts('.related li')[0]).toContain('同提招商；共有“招商”');
    expect(open({ related: null }).texts('.related')[0]).toContain('暂时没有回答');
    expect(open({ related: [] }).texts('.related')).toEqual([]);
  });

  it('cites the paper, and the address only where one leads to the original', () => {
    const cited = (changes: object) =>
      open({ article: { ...articleOf('招商'), ...changes } }).texts('#cite-gbt')[0];
    expect(cited({ sourceUrl: null })).toBe('招商.招商[N].招商,2022-03-24.');
    expect(cited({ sourceUrl: 'https://a/1' })).toContain('[N/OL]');
    expect(cited({ sourceUrl: null, source: null })).toContain(
      '[EB/OL].(2022-03-24)[2025-01-02].http',
    );
  });
});
