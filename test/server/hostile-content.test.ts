import { parse as parseCsv } from 'csv-parse/sync';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestService } from '../service-for-tests.ts';
import { startServiceOver } from './crafted-corpus.ts';

const WORD = '孔雀石';
/** Each a title and, repeated or not, a text. */
const HOSTILE = {
  html: '<script>alert(1)</script></title><img src=x onerror=alert(2)> &amp; "\'',
  'right-to-left': '\u202egnihton\u2066 左\u200f右',
  formula: '=HYPERLINK("http://a","b")',
  long: '长'.repeat(10_000),
};

interface Article {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

let service: TestService;
beforeAll(async () => {
  service = await startServiceOver(
    Object.entries(HOSTILE).map(([id, text]) => ({
      id,
      title: `${WORD}${text.slice(0, 1_500)}`,
      text: `贵阳高新区的${WORD}。${text}`,
      date: '2022-03-01',
      source: `报${text.slice(0, 60)}`,
    })),
  );
});
afterAll(() => service.stop());

const get = async (path: string) => (await fetch(service.address + path)).text();
const query = `q=${encodeURIComponent(WORD)}&size=50`;

describe.each(['', 'zh-Hant', 'en'])('hostile articles in pages (%s)', (lang) => {
  it.each([
    `/search?${query}`,
    '/parks/guiyang-gaoxinqu?x=',
    ...Object.keys(HOSTILE).map((id) => `/articles/${id}?${query}`),
    ...Object.keys(HOSTILE).map((id) => `/articles/${id}/page?${query}`),
  ])('are text on %s', async (path) => {
    const { document } = parseHTML(await get(`${path}${lang === '' ? '' : `&lang=${lang}`}`));
    expect(document.querySelectorAll('img, script:not([src]), [onerror]')).toHaveLength(0);
    expect(document.querySelector('main')!.textContent).toContain(WORD);
  });

  it.each(Object.keys(HOSTILE))('are text as a query: %s', async (name) => {
    // Longer ones are refused.
    const words = HOSTILE[name as keyof typeof HOSTILE].replaceAll('长', '短').slice(0, 5_000);
    const page = await get(`/search?${new URLSearchParams({ q: words, lang }).toString()}`);
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('img, script:not([src]), [onerror]')).toHaveLength(0);
    expect(document.querySelector('#q')?.getAttribute('value')).toBe(words);
  });
});

describe('hostile articles in exports', () => {
  it('come back from JSON Lines and CSV as they were', async () => {
    const lines = (await get(`/api/export?${query}&format=jsonl`)).trim().split('\n');
    const articles = lines.map((line) => JSON.parse(line) as Article);
    expect(articles.map(({ id }) => id).sort()).toEqual(Object.keys(HOSTILE).sort());
    const rows: Record<string, string>[] = parseCsv(await get(`/api/export?${query}&format=csv`), {
      columns: true,
      bom: true,
    });
    for (const { id, title, text } of articles) {
      const stored = (await (
        await fetch(`${service.address}/api/articles/${id}`)
      ).json()) as Article;
      expect([title, text]).toEqual([stored.title, stored.text]);
      const row = rows.find((one) => one['id'] === id)!;
      expect([row['title'], row['text']]).toEqual([title, text]);
    }
  });

  it('keep one field a line in RIS', async () => {
    const lines = (await get(`/api/export?${query}&format=ris`)).split(/\r?\n/);
    for (const line of lines) expect(line).toMatch(/^(?:[A-Z][A-Z0-9] {2}- .*|)$/s);
    expect(lines.filter((line) => line.startsWith('ER  -'))).toHaveLength(4);
  });
});
