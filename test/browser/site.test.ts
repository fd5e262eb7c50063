import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../server/languages/language.ts';
import type { Language } from '../../server/languages/language.ts';
import { htmlFaults } from '../server/pages/html-faults.ts';
import { seriousFindings } from './accessibility.ts';
import { openContext, openSite } from './browser-for-tests.ts';
import { loadPage } from './page-load.ts';
import { SITE_PAGES, story } from './site-pages.ts';

const site = openSite();

const speak = (language: Language) =>
  site.context.addCookies([{ name: 'lang', value: language, url: site.service.address }]);

/** An answer of 4xx is logged as an error; nothing else may be. */
function expectNoProblemBut(status: number): void {
  const told = site.problems.splice(0);
  expect(told.filter((problem) => !problem.includes(`status of ${status}`))).toEqual([]);
}

describe.each(SITE_PAGES)('the page “$name”', ({ open, status }) => {
  it.each(LANGUAGES)(
    'is accessible in light and dark and fits a telephone (%s)',
    async (language) => {
      await speak(language);
      await open(site.page, site.service.address);
      expect(await seriousFindings(site.page)).toEqual([]);
      await site.page.emulateMedia({ colorScheme: 'dark' });
      expect(await seriousFindings(site.page, ['color-contrast'])).toEqual([]);
      await site.page.setViewportSize({ width: 360, height: 740 });
      expect(await site.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      expectNoProblemBut(status);
    },
  );

  it('is valid HTML, under a policy without inline scripts', async () => {
    const [answer] = await Promise.all([
      site.page.waitForEvent('response', (response) => response.status() === status),
      open(site.page, site.service.address),
    ]);
    expect(answer.headers()['content-security-policy']).toMatch(/script-src 'self';/);
    expect(answer.headers()['content-security-policy']).not.toContain('unsafe');
    expect(await htmlFaults(await answer.text())).toEqual([]);
    expectNoProblemBut(status);
  });
});

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press('Tab');
    const isThere = await page.evaluate(
      (wanted) => document.activeElement?.matches(wanted) === true,
      selector,
    );
    if (isThere) return;
  }
  throw new Error(`Tab never came to ${selector}`);
}

describe('the first page of results', () => {
  it('takes no more than 60 KB, style and script included', async () => {
    const words = encodeURIComponent('高新区');
    const { bytes } = await loadPage(site.context, `${site.service.address}/search?q=${words}`);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(60_000);
  });
});

describe('the whole way', () => {
  it('can be gone with the keyboard alone', async () => {
    const { page } = site;
    await page.goto(site.service.address);
    await page.keyboard.press('/');
    await page.keyboard.type('人才公寓');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\?q=/);
    await page.locator('.hit').first().waitFor();
    const results = page.url();
    await tabTo(page, '.hit h2 a');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/articles\//);
    await page.keyboard.press('n');
    expect(await page.locator('mark.current').count()).toBe(1);
    await tabTo(page, '.toolbar a');
    await page.keyboard.press('Enter');
    await page.waitForURL(results);
    await tabTo(page, '.facets .facet li a');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.size > 1);
    await page.goBack();
    await page.waitForURL(results);
    await page.goForward();
    await page.waitForURL((url) => url.searchParams.size > 1);
    await tabTo(page, '#languages a[lang="en"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/lang=en/);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('can be gone with scripts off', async () => {
    const context = await openContext(site, { javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(site.service.address);
    await page.locator('#q').fill('人才公寓');
    await page.locator('.searchbox button').click();
    await page.waitForURL(/\/search\?q=/);
    await page.locator('.facets [data-park] a').first().click();
    await page.waitForURL(/park=/);
    expect(await page.locator('.chip').count()).toBe(1);
    await page.locator('.hit h2 a').first().click();
    await page.waitForURL(/\/articles\//);
    await page.goto(await story(site.service.address));
    await page.locator('#matches a').nth(1).click();
    expect(await page.locator('mark:target').getAttribute('id')).toBe('match-2');
    await page.locator('.toolbar a').first().click();
    await page.waitForURL(/\/search\?/);
    await page.locator('nav a[href="/parks"]').click();
    await page.locator('table.parks th a').nth(4).click();
    await page.waitForURL(/\/parks\/./);
    await page.locator('nav a[href="/saved"]').click();
    expect(await page.locator('#saved-list').innerText()).toContain('没有启用脚本');
    await page.locator('nav a[href="/help"]').click();
    await page.locator('main th a').first().click();
    await page.locator('.hit').first().waitFor();
    await page.locator('#languages a[lang="zh-Hant"]').click();
    expect(await page.locator('.searchbox button').innerText()).toBe('檢索');
    await context.close();
  });
});

describe('what the browser code says', () => {
  it('is in the language of the page, which follows the search as one types', async () => {
    const { page } = site;
    await speak('en');
    await page.goto(site.service.address);
    await page.locator('#q').fill('人才公寓');
    await page.locator('.hit').first().waitFor();
    await expect
      .poll(() => page.locator('[role=option] small').first().innerText())
      .toBe('Headline');
    await page.locator('#languages a[lang="zh-Hant"]').click();
    await page.waitForURL(/q=.*lang=zh-Hant/);
    await page.goto(await story(site.service.address));
    await page.getByRole('button', { name: '下一處' }).click();
  });
});
