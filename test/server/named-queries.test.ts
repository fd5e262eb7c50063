import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../server/api/search-schema.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import type { TestService } from '../service-for-tests.ts';
import { sharedSampleService } from '../service-for-tests.ts';

let service: TestService;
beforeAll(async () => {
  service = await sharedSampleService();
});

async function search(q: string): Promise<SearchResponse> {
  const response = await fetch(`${service.address}/api/search?size=50&q=${encodeURIComponent(q)}`);
  expect(response.status).toBe(200);
  return searchResponseSchema.parse(await response.json());
}

async function page(q: string) {
  const response = await fetch(`${service.address}/search?q=${encodeURIComponent(q)}`);
  expect(response.status).toBe(200);
  return parseHTML(await response.text()).document;
}

const ids = ({ hits }: SearchResponse) => hits.map(({ id }) => id).sort();
const rewrites = ({ query }: SearchResponse) =>
  query.rewrites.map(({ type, from, to }) => `${type} ${from} → ${to}`);
const marks = ({ hits }: SearchResponse) =>
  hits.map(({ titleHtml, snippetHtml }) =>
    [...`${titleHtml}${snippetHtml}`.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, text]) => text),
  );

describe('what a person gets for', () => {
  it('2025: no article but those that say so, and a way to the year', async () => {
    const found = await search('2025');
    expect(found.total).toBe((await search('"2025"')).total);
    expect(found.query.hints).toContainEqual({
      type: 'ambiguous',
      message: '“2025”可以指这一年的报道',
      query: expect.stringContaining(encodeURIComponent('日期:2025')) as string,
    });
    expect((await search('2024')).hits.length).toBeGreaterThan(0);
    for (const marked of marks(await search('2024'))) expect(marked).toContain('2024');
  });

  it('３.８％ and another percentage: the same as in half width', async () => {
    expect((await search('３.８％')).query.rewrites).toMatchObject([
      { type: 'width', from: '３.８％', to: '3.8%' },
    ]);
    const found = await search('３８．３％');
    expect(found.total).toBeGreaterThan(0);
    expect(ids(found)).toEqual(ids(await search('38.3%')));
    for (const marked of marks(found)) expect(marked).toContain('38.3%');
  });

  it('二〇二五年: the articles of that year', async () => {
    const found = await search('二〇二五年');
    expect(rewrites(found)).toEqual(['date 二〇二五年 → 日期:2025']);
    expect(found.total).toBeGreaterThan(0);
    for (const { date } of found.hits) expect(date).toMatch(/^2025/);
  });

  it('a year of which there is no article: those that mention it', async () => {
    expect((await search('日期:2017')).total).toBe(0);
    const found = await search('2017年');
    expect(found.total).toBeGreaterThan(0);
    expect(found.query.rewrites).toEqual([]);
    expect(found.query.hints[0]?.message).toMatch(/“2017年”所指的日期没有相符的报道/);
    for (const marked of marks(found)) expect(marked.join()).toContain('2017');
    const rows = await fetch(`${service.address}/api/export?format=jsonl&q=2017年`);
    expect((await rows.text()).trim().split('\n')).toHaveLength(found.total);
    expect((await search('1999年')).total).toBe(0);
  });

  it('今年 alone, of which there is no article: those that say so', async () => {
    const found = await search('今年');
    expect(found.total).toBeGreaterThan(0);
    for (const marked of marks(found)) expect(marked.join()).toContain('今年');
    expect((await search('贵阳高新区 今年')).total).toBe(0);
  });

  it('綜保區: bonded zones by any name, marked by any', async () => {
    const found = await search('綜保區');
    expect(ids(found)).toEqual(ids(await search('综保区')));
    expect(rewrites(found)).toContain('traditional 綜保區 → 综保区');
    const marked = new Set(marks(found).flat());
    expect(marked).toContain('综保区');
    expect(marked).toContain('综合保税区');
  });

  it('西部(重庆)科学城: the park of that name, brackets and all', async () => {
    const found = await search('西部(重庆)科学城');
    expect(rewrites(found)).toEqual(['park 西部(重庆)科学城 → 重庆高新区']);
    expect(found.query.hints).toEqual([]);
    expect(ids(found)).toEqual(ids(await search('重庆高新区')));
  });

  it('亦庄: texts that say so, and a way to the park it may mean', async () => {
    const found = await search('亦庄');
    expect(found.total).toBeGreaterThan(0);
    for (const marked of marks(found)) expect(marked).toContain('亦庄');
    expect(found.query.hints.map(({ message }) => message)).toEqual(['“亦庄”可以指 北京经开区']);
  });

  it('光谷: texts that say so, not a park by that name alone', async () => {
    const found = await search('光谷');
    expect(found.total).toBeGreaterThan(0);
    expect(found.query.rewrites).toEqual([]);
    for (const marked of marks(found)) expect(new Set(marked)).toEqual(new Set(['光谷']));
    expect(ids(found)).toEqual(ids(await search('"光谷"')));
    expect(found.query.hints.map(({ message }) => message)).toEqual(['“光谷”可以指 东湖高新区']);
  });

  it('gygxq: the park with these initials', async () => {
    const found = await search('gygxq');
    expect(rewrites(found)[0]).toBe('pinyin gygxq → 贵阳高新区');
    expect(ids(found)).toEqual(ids(await search('贵阳高新区')));
  });

  it('贵阳高薪区: the park that was meant, with a way back', async () => {
    const found = await search('贵阳高薪区');
    expect(rewrites(found)[0]).toBe('spelling 贵阳高薪区 → 贵阳高新区');
    expect(ids(found)).toEqual(ids(await search('贵阳高新区')));
    const undone = await fetch(`${service.address}/api/search?${found.query.rewrites[0]?.undo}`);
    expect(searchResponseSchema.parse(await undone.json()).query.rewrites).toEqual([]);
    const { url } = found.hits[0]!;
    const article = await fetch(`${service.address}${url}?q=${encodeURIComponent('贵阳高薪区')}`);
    expect(await article.text()).toMatch(/<mark[^>]*>贵阳高新区<\/mark>/);
  });

  it('招商 -有限公司: no article with the excluded word', async () => {
    const found = await search('招商 -有限公司');
    const both = ids(await search('招商 "有限公司"'));
    expect([...ids(found), ...both].sort()).toEqual(ids(await search('招商')));
    expect(found.total).toBeGreaterThan(0);
    for (const { id } of found.hits) {
      const article = await fetch(`${service.address}/api/articles/${id}`);
      expect(await article.text()).not.toContain('有限公司');
    }
  });

  it('"营商环境" 园区:贵阳高新区 日期:2022: what fits all three', async () => {
    const found = await search('"营商环境" 园区:贵阳高新区 日期:2022');
    expect(found.total).toBeGreaterThan(0);
    for (const hit of found.hits) {
      expect(hit.date).toMatch(/^2022/);
      expect(hit.parks.map(({ name }) => name)).toContain('贵阳高新区');
      expect(`${hit.titleHtml}${hit.snippetHtml}`).toContain('<mark>营商环境</mark>');
    }
    expect(found.query.rewrites).toEqual([]);
  });

  it('an unclosed quote: the words, and what was left out', async () => {
    const found = await search('"营商环境');
    expect(ids(found)).toEqual(ids(await search('营商环境')));
    expect(found.query.hints).toEqual([
      { type: 'notice', message: '引号不成对，已略去（第 1 个字符）' },
    ]);
  });

  it('a paste of 5,000 characters: the article it is from; of more, the limit', async () => {
    const [first] = (await search('贵阳高新区')).hits;
    const article = await fetch(`${service.address}/api/articles/${first!.id}`);
    const { text } = (await article.json()) as { text: string };
    const paste = text.repeat(20).slice(0, 5_000);
    expect(paste).toHaveLength(5_000);
    const found = await search(paste.replace(/[-"“”()（）|｜:：\n]/gu, '，'));
    expect(found.hits[0]?.id).toBe(first!.id);
    const more = await fetch(`${service.address}/api/search?q=${'a'.repeat(5_001)}`);
    expect(more.status).toBe(400);
    expect(await more.text()).toContain('检索词最多 5000 个字符');
  });

  it('an emoji: nothing, said kindly', async () => {
    expect((await search('🚀')).total).toBe(0);
    const shown = await page('🚀');
    expect(shown.querySelector('#summary')?.textContent).toContain('🚀');
    expect(shown.querySelectorAll('.hit')).toHaveLength(0);
  });

  it('<script>: text like any other', async () => {
    expect((await search('<script>')).total).toBe(0);
    const shown = await page('<script>alert(1)</script>');
    expect(shown.querySelector<HTMLInputElement>('input[name=q]')?.getAttribute('value')).toBe(
      '<script>alert(1)</script>',
    );
    expect([...shown.querySelectorAll('script')].map((one) => one.textContent)).not.toContain(
      'alert(1)',
    );
  });
});
