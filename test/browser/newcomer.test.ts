import { describe, expect, it } from 'vitest';
import { openContext, openSite } from './browser-for-tests.ts';

const site = openSite();

describe('a newcomer in the browser', () => {
  it('searches, narrows by a park, opens an article and sees the matches marked', async () => {
    await site.page.goto(site.service.address);
    await site.page.locator('#q').fill('营商环境');
    await site.page.keyboard.press('Enter');
    await site.page.waitForURL(/\/search\?.*q=/);
    const hits = site.page.locator('.hits h2 a');
    await hits.first().waitFor();
    expect(await site.page.locator('main mark').count()).toBeGreaterThan(0);
    const before = await hits.count();
    const facet = site.page.locator('.facets a').filter({ hasText: '贵阳高新区' }).first();
    await facet.click();
    await site.page.waitForURL(/park=guiyang-gaoxinqu/);
    await hits.first().waitFor();
    expect(await hits.count()).toBeLessThanOrEqual(before);
    await hits.first().click();
    await site.page.waitForURL(/\/articles\//);
    expect(await site.page.locator('article mark').count()).toBeGreaterThan(0);
    expect(await site.page.locator('article').textContent()).toContain('示例数据，内容虚构');
  });

  it('saves a search and opens it again from its link', async () => {
    await site.page.goto(
      `${site.service.address}/search?q=${encodeURIComponent('跨境电商')}&type=bonded`,
    );
    await site.page.getByText('保存这一检索').first().click();
    const form = site.page.locator('form[action="/saved"]');
    await form.locator('input[name="name"]').fill('综保区的跨境电商');
    await form.locator('button').click();
    await site.page.getByRole('heading', { name: /综保区的跨境电商/ }).waitFor();
    const link = await site.page.locator('a[href*="/s/"]').first().getAttribute('href');
    const other = await openContext(site);
    const fresh = await other.newPage();
    await fresh.goto(new URL(link!, site.service.address).href);
    const opened = new URL(fresh.url());
    expect(opened.searchParams.get('q')).toBe('跨境电商');
    expect(opened.searchParams.get('type')).toBe('bonded');
    await other.close();
  });

  it('works with scripts off', async () => {
    const context = await openContext(site, { javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(site.service.address);
    await plain.locator('input[name="q"]').first().fill('貴陽高新區');
    await plain.locator('form[role="search"] button[type="submit"]').first().click();
    await plain.waitForURL(/\/search/);
    expect(await plain.locator('main mark').first().textContent()).toBe('贵阳高新区');
    await context.close();
  });

  it('shows what a person typed as text', async () => {
    await site.page.goto(
      `${site.service.address}/search?q=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`,
    );
    expect(await site.page.locator('main img').count()).toBe(0);
  });
});
