import type { Page } from 'playwright-core';
import { createdSavedSearchSchema } from '../../server/api/saved-search-schema.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';

const park = 'guiyang-gaoxinqu';
const words = encodeURIComponent('一窗通办');

/** Every kind of page, with how to come to it. */
export const SITE_PAGES: readonly {
  readonly name: string;
  /** What the server answers with; the browser logs an error for each 4xx. */
  readonly status: number;
  readonly open: (page: Page, address: string) => Promise<unknown>;
}[] = [
  at('start', '/'),
  at('search', `/search?q=${encodeURIComponent('高新区 招商')}&year=2022&kind=story`),
  at('search without results', `/search?q=${words}&year=1999&source=x`),
  at('malformed query', `/search?q=${encodeURIComponent('日期:x')}`, 400),
  { name: 'article', status: 200, open: async (page, address) => page.goto(await story(address)) },
  {
    name: 'source page',
    status: 200,
    open: async (page, address) => page.goto((await story(address)).replace('?', '/page?')),
  },
  at('parks', '/parks?group=province'),
  at('park', `/parks/${park}`),
  at('compare', `/compare?park=${park}&park=donghu-gaoxinqu&q=${encodeURIComponent('企业')}`),
  at('saved', '/saved'),
  {
    name: 'saved search created',
    status: 201,
    open: async (page, address) => {
      await page.goto(`${address}/search?q=${words}`);
      await page.locator('form.save button').click();
      await page.locator('#created').waitFor();
    },
  },
  {
    name: 'webhook',
    status: 200,
    open: async (page, address) => {
      const made = await fetch(`${address}/api/saved-searches`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: '综保区', query: 'q=a' }),
      });
      const { id } = createdSavedSearchSchema.parse(await made.json());
      return page.goto(`${address}/s/${id}/webhook`);
    },
  },
  at('help', '/help'),
  at('admin', '/admin'),
  at('unknown address', '/nowhere', 404),
];

function at(name: string, path: string, status = 200) {
  return { name, status, open: (page: Page, address: string) => page.goto(address + path) };
}

/** A story that has a copy, opened from a search. */
export async function story(address: string): Promise<string> {
  const answer: unknown = await (await fetch(`${address}/api/search?q=${words}&size=50`)).json();
  const hit = searchResponseSchema
    .parse(answer)
    .hits.find(({ duplicates }) => duplicates.length > 0);
  return `${address}${hit!.url}?q=${words}`;
}
