import type { CDPSession } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openSite } from './browser-for-tests.ts';

const site = openSite();

const box = () => site.page.getByRole('combobox', { name: '检索词' });
const options = () => site.page.getByRole('option');
const query = () => new URL(site.page.url()).searchParams.get('q');
const search = (words: string) => `${site.service.address}/search?q=${encodeURIComponent(words)}`;
const summary = (words: string) =>
  site.page.locator('#summary bdi').filter({ hasText: new RegExp(`^${words}$`) });

/** Time enough for every pause and request of the browser code. */
const settle = () => site.page.waitForTimeout(500);

async function compose(input: CDPSession, text: string): Promise<void> {
  await input.send('Input.imeSetComposition', {
    text,
    selectionStart: text.length,
    selectionEnd: text.length,
  });
}

describe('results as one types', () => {
  it('appear without a page load, and keep the focus in the box', async () => {
    await site.page.goto(site.service.address);
    await site.page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await box().pressSequentially('人才公寓', { delay: 20 });
    await summary('人才公寓').waitFor();
    expect(query()).toBe('人才公寓');
    expect(await site.page.evaluate(() => 'sameDocument' in window)).toBe(true);
    expect(await box().evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('are one step of the history a search, so that Back leads to the search before', async () => {
    await site.page.goto(search('招商'));
    await box().fill('');
    await box().pressSequentially('人才公寓', { delay: 200 });
    await box().press('Enter');
    await summary('人才公寓').waitFor();
    await box().fill('概念验证');
    await summary('概念验证').waitFor();
    await site.page.goBack();
    await summary('人才公寓').waitFor();
    expect(await box().inputValue()).toBe('人才公寓');
    await site.page.goBack();
    await summary('招商').waitFor();
    await site.page.goForward();
    await summary('人才公寓').waitFor();
  });

  it('keep the filters that are set', async () => {
    await site.page.goto(`${search('招商')}&park=guiyang-gaoxinqu`);
    await box().fill('项目');
    await summary('项目').waitFor();
    expect(new URL(site.page.url()).searchParams.get('park')).toBe('guiyang-gaoxinqu');
  });

  it('wait while an input method composes', async () => {
    await site.page.goto(search('招商'));
    await box().fill('');
    await settle();
    site.requests.length = 0;
    await box().focus();
    const input = await site.context.newCDPSession(site.page);
    for (const typed of ['g', 'gui', 'gui yang']) await compose(input, typed);
    await settle();
    expect(site.requests).toEqual([]);
    await input.send('Input.insertText', { text: '贵阳' });
    await summary('贵阳').waitFor();
    expect(site.requests).toContain('/search');
    expect(site.requests).toContain('/api/suggest');
  });
});

describe('suggestions', () => {
  it('are chosen with the arrow keys and Enter', async () => {
    await site.page.goto(site.service.address);
    await box().pressSequentially('贵阳');
    await options().first().waitFor();
    await box().press('ArrowDown');
    const chosen = site.page.locator('[role=option][aria-selected=true]');
    expect(await box().getAttribute('aria-activedescendant')).toBe(await chosen.getAttribute('id'));
    await box().press('Enter');
    await site.page.waitForURL((url) => (url.searchParams.get('q')?.length ?? 0) > 2);
    expect(await box().inputValue()).toBe(query());
    await settle();
    expect(await options().count()).toBe(0);
  });

  it('tell parks, words and titles apart', async () => {
    await site.page.goto(site.service.address);
    await box().pressSequentially('高新');
    await options().first().waitFor();
    const kinds = await options().locator('small').allTextContents();
    expect([...new Set(kinds)]).toEqual(['园区', '词语', '标题']);
  });

  it('lead from a title to its story', async () => {
    await site.page.goto(`${site.service.address}/parks`);
    await box().pressSequentially('公寓');
    const title = options().filter({ has: site.page.locator('small', { hasText: '标题' }) });
    await title.first().waitFor();
    const text = await title.first().locator('bdi').textContent();
    for (let step = 0; step < 8; step += 1) {
      await box().press('ArrowDown');
      if ((await title.first().getAttribute('aria-selected')) === 'true') break;
    }
    await box().press('Enter');
    await site.page.locator('.hit').first().waitFor();
    expect(query()).toBe(`"${text}"`);
    expect(await site.page.locator('.hit h2').first().textContent()).toContain(text);
  });

  it('of what was typed last are shown, however late the others come', async () => {
    await site.page.route('**/api/suggest?q=%E4%BA%BA', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      await route.continue().catch(() => undefined);
    });
    await site.page.goto(`${site.service.address}/parks`);
    await box().pressSequentially('人', { delay: 0 });
    await site.page.waitForRequest('**/api/suggest?q=%E4%BA%BA');
    await box().pressSequentially('才公', { delay: 0 });
    await options().filter({ hasText: '人才公寓' }).first().waitFor();
    const shown = await options().allTextContents();
    await site.page.waitForTimeout(900);
    expect(await options().allTextContents()).toEqual(shown);
  });

  it('go away with Esc and leave the text alone', async () => {
    await site.page.goto(`${site.service.address}/parks`);
    await box().pressSequentially('贵阳');
    await options().first().waitFor();
    await box().press('Escape');
    expect(await options().count()).toBe(0);
    expect(await box().inputValue()).toBe('贵阳');
    expect(await box().getAttribute('aria-expanded')).toBe('false');
  });

  it('come back as recent searches in the empty box', async () => {
    await site.page.goto(search('概念验证'));
    await site.page.goto(site.service.address);
    await site.page.locator('#recent').getByRole('link', { name: '概念验证' }).waitFor();
    await box().click();
    expect(await options().first().textContent()).toContain('概念验证');
  });
});

describe('keys', () => {
  it('/ comes to the box from anywhere', async () => {
    await site.page.goto(`${site.service.address}/parks`);
    await site.page.keyboard.press('/');
    expect(await box().evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await box().inputValue()).toBe('');
  });

  it('n and p go from match to match on an article', async () => {
    await site.page.goto(search('贵阳高新区'));
    await site.page.locator('.hit h2 a').first().click();
    const marks = site.page.locator('.story mark');
    await marks.first().waitFor();
    await site.page.keyboard.press('n');
    expect(await marks.first().getAttribute('class')).toBe('current');
    await site.page.keyboard.press('p');
    expect(await marks.last().getAttribute('class')).toBe('current');
  });
});

describe('saved searches', () => {
  it('are kept by the site.browser, renamed, deleted and brought back', async () => {
    await site.page.goto(search('招商'));
    await site.page.getByLabel('保存这一检索').fill('招商动态');
    await site.page.getByRole('button', { name: '保存' }).click();
    await site.page.getByRole('heading', { name: '已保存' }).waitFor();
    await site.page.goto(`${site.service.address}/saved`);
    await site.page.getByRole('button', { name: '改名：招商动态' }).click();
    await site.page.getByLabel('新名称').fill('招商要闻');
    await site.page.getByRole('button', { name: '改名', exact: true }).click();
    await site.page.getByRole('link', { name: '招商要闻' }).waitFor();

    await site.page.getByRole('button', { name: '删除：招商要闻' }).click();
    await site.page.getByRole('button', { name: '撤销' }).click();
    await site.page.getByRole('link', { name: '招商要闻' }).click();
    await summary('招商').waitFor();

    await site.page.goto(`${site.service.address}/saved`);
    const address = await site.page.getByRole('link', { name: '招商要闻' }).getAttribute('href');
    await site.page.getByRole('button', { name: '删除：招商要闻' }).click();
    await site.page.goto(`${site.service.address}/saved`);
    await site.page.getByText('还没有保存过检索').waitFor();
    expect((await site.context.request.get(site.service.address + address!)).status()).toBe(404);
  });
});
