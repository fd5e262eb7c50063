import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestService } from '../service-for-tests.ts';
import { startTestService } from '../service-for-tests.ts';
import { collectProblems, launchBrowser } from './browser-for-tests.ts';

let service: TestService;
let browser: Browser;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), launchBrowser()]);
});
beforeEach(async () => {
  problems.length = 0;
  page = await browser.newPage();
  collectProblems(page, problems);
  return () => page.close();
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

describe('a newcomer in the browser', () => {
  it('searches, narrows by a park, opens an article and sees the matches marked', async () => {
    await page.goto(service.address);
    await page.locator('#q').fill('营商环境');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\?.*q=/);
    const hits = page.locator('.hits h2 a');
    await hits.first().waitFor();
    expect(await page.locator('main mark').count()).toBeGreaterThan(0);
    const before = await hits.count();
    const facet = page.locator('.facets a').filter({ hasText: '贵阳高新区' }).first();
    await facet.click();
    await page.waitForURL(/park=guiyang-gaoxinqu/);
    await hits.first().waitFor();
    expect(await hits.count()).toBeLessThanOrEqual(before);
    await hits.first().click();
    await page.waitForURL(/\/articles\//);
    expect(await page.locator('article mark').count()).toBeGreaterThan(0);
    expect(await page.locator('article').textContent()).toContain('示例数据，内容虚构');
    expect(problems).toEqual([]);
  });

  it('saves a search and opens it again from its link', async () => {
    await page.goto(`${service.address}/search?q=${encodeURIComponent('跨境电商')}&type=bonded`);
    await page.getByText('保存这一检索').first().click();
    const form = page.locator('form[action="/saved"]');
    await form.locator('input[name="name"]').fill('综保区的跨境电商');
    await form.locator('button').click();
    await page.getByRole('heading', { name: /综保区的跨境电商/ }).waitFor();
    const link = await page.locator('a[href*="/s/"]').first().getAttribute('href');
    const other = await browser.newContext();
    const fresh = await other.newPage();
    await fresh.goto(new URL(link!, service.address).href);
    const opened = new URL(fresh.url());
    expect(opened.searchParams.get('q')).toBe('跨境电商');
    expect(opened.searchParams.get('type')).toBe('bonded');
    await other.close();
  });

  it('works with scripts off', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(service.address);
    await plain.locator('input[name="q"]').first().fill('貴陽高新區');
    await plain.locator('form[role="search"] button[type="submit"]').first().click();
    await plain.waitForURL(/\/search/);
    expect(await plain.locator('main mark').first().textContent()).toBe('贵阳高新区');
    await context.close();
  });

  it('shows what a person typed as text', async () => {
    await page.goto(
      `${service.address}/search?q=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`,
    );
    expect(await page.locator('main img').count()).toBe(0);
    expect(problems).toEqual([]);
  });
});
