import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { SearchRequest, SearchResponse } from '../../../server/api/search-schema.ts';
import { EMPTY_REQUEST } from '../../../server/html/search-links.ts';
import { searchPage } from '../../../server/pages/search-page.ts';
import { SHELL, facetOf, hitOf, responseOf } from './sample-views.ts';

function open(
  request: Partial<SearchRequest> = {},
  response: Partial<SearchResponse> = {},
): { texts: (selector: string) => string[]; hrefs: (selector: string) => (string | null)[] } {
  const view = {
    request: { ...EMPTY_REQUEST, q: '招商', ...request },
    response: responseOf('招商', response),
  };
  const { document } = parseHTML(searchPage(SHELL, view));
  const all = (selector: string): Element[] => [...document.querySelectorAll(selector)];
  return {
    texts: (selector) => all(selector).map((e) => e.textContent.replace(/\s+/g, ' ').trim()),
    hrefs: (selector) => all(selector).map((e) => e.getAttribute('href')),
  };
}

const Q = 'q=%E6%8B%9B%E5%95%86';

describe('searchPage', () => {
  it('tells how many were found and how long it took', () => {
    expect(open().texts('h1')).toEqual(['“招商” 45 篇 用时 12 毫秒']);
    expect(open({}, { total: 12_345, totalIsExact: false }).texts('h1 .count')).toEqual([
      '约 12,345 篇',
    ]);
  });

  it('shows each rewrite with its undo', () => {
    const rewrites = [{ type: 'traditional', from: '貴陽', to: '贵阳', undo: 'q=1&literal=1' }];
    const page = open({}, { query: { input: '貴陽', rewritten: '贵阳', rewrites, hints: [] } });
    expect(page.texts('.rewrites li')).toEqual(['已将“貴陽”理解为 贵阳 · 撤销']);
    expect(page.hrefs('.rewrites a')).toEqual(['/search?q=1&literal=1']);
  });

  it('drops each active filter by one click', () => {
    const page = open({ park: ['招商'], year: ['2022'], from: '2021', page: 3 });
    expect(page.texts('.chip')).toEqual([
      '去掉筛选：园区 招商 ×',
      '去掉筛选：年份 2022年 ×',
      '去掉筛选：起 2021年 ×',
    ]);
    expect(page.hrefs('.chip')[0]).toBe(`/search?${Q}&year=2022&from=2021`);
    expect(page.hrefs('.chip-all')).toEqual([`/search?${Q}`]);
  });

  it('links a hit with the search in its address, and marks its matches', () => {
    const page = open({}, { hits: [hitOf('招商', { url: '/articles/7' })] });
    expect(page.hrefs('.hit h2 a')).toEqual([`/articles/7?${Q}`]);
    expect(page.texts('.hit h2 mark')).toEqual(['招']);
  });

  it.each([
    ['2022-03-24', '2022年3月24日'],
    ['2022-03', '2022年3月'],
    ['2022', '2022年'],
    [null, '日期不详'],
  ])('shows the date %s as exactly as it is known', (date, shown) => {
    expect(open({}, { hits: [hitOf('招商', { date })] }).texts('.date')).toEqual([shown]);
  });

  it('shows the parks named most and every chosen one, and all by province folded', () => {
    const park = Array.from({ length: 20 }, (_, i) => ({
      ...facetOf(`园区${i}`, 20 - i, i === 15),
      ...(i < 15 ? { group: i % 2 === 0 ? '贵州' : '湖北' } : {}),
    }));
    const page = open({}, { facets: { ...responseOf('x').facets, park } });
    expect(page.texts('.facet > ul > [data-park]')).toEqual([
      ...Array.from({ length: 8 }, (_, i) => `园区${i} ${20 - i}`),
      '园区15 5',
    ]);
    expect(page.texts('.provinces h4')).toEqual(['贵州', '湖北', '未列入名录']);
    expect(page.texts('.provinces [data-park]')).toHaveLength(20);
  });

  it('folds copies of one story under the preferred one', () => {
    const copy = hitOf('转载', { duplicates: ['原文'], duplicateOf: '原文' });
    const preferred = hitOf('原文', { duplicates: ['转载'], duplicateOf: null });
    const page = open({}, { hits: [hitOf('甲'), copy, hitOf('乙'), preferred] });
    expect(page.texts('.hit h2')).toEqual(['甲', '原文', '乙']);
  });

  it('puts months under their year, open when one is chosen', () => {
    const facets = {
      ...responseOf('x').facets,
      year: [facetOf('2021'), facetOf('2022')],
      month: [facetOf('2022-03', 1, true), facetOf('2022-01')],
    };
    const page = open({ month: ['2022-03'] }, { facets });
    expect(page.texts('.years > li > a > span:first-child')).toEqual(['2022年', '2021年']);
    expect(page.texts('.months[open] li a > span:first-child')).toEqual(['1月', '3月']);
    expect(page.hrefs('.months li a')).toEqual([
      `/search?${Q}&month=2022-03&month=2022-01`,
      `/search?${Q}`,
    ]);
  });

  it('pages through the results', () => {
    const page = open({ page: 2 }, { page: 2 });
    expect(page.texts('.pager [aria-current]')).toEqual(['2']);
    expect(page.hrefs('.pager [rel]')).toEqual([`/search?${Q}`, `/search?${Q}&page=3`]);
  });

  it('offers every result as a file', () => {
    expect(open({ page: 2 }).hrefs('.export a')).toEqual([
      `/api/export?${Q}&format=csv`,
      `/api/export?${Q}&format=jsonl`,
      `/api/export?${Q}&format=ris`,
    ]);
  });

  it('says what to try when nothing was found', () => {
    const page = open({ q: '招商 会展', year: ['2022'] }, { total: 0, hits: [] });
    expect(page.texts('h1 .count')).toEqual(['无结果']);
    expect(page.texts('.offers li')).toEqual(['去掉“年份 2022年”', '只检索“招商”', '只检索“会展”']);
  });
});
