import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestService } from '../service-for-tests.ts';
import { startTestService } from '../service-for-tests.ts';
import { collectProblems, launchBrowser } from './browser-for-tests.ts';

let service: TestService;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let requests: string[];
let problems: string[];

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), launchBrowser()]);
});
beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  requests = [];
  problems = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  collectProblems(page, problems);
});
afterEach(async () => {
  await context.close();
  expect(problems).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

const box = () => page.getByRole('combobox', { name: '检索词' });
const options = () => page.getByRole('option');
const query = () => new URL(page.url()).searchParams.get('q');
const search = (words: string) => `${service.address}/search?q=${encodeURIComponent(words)}`;
const summary = (words: string) =>
  page.locator('#summary bdi').filter({ hasText: new RegExp(`^${words}$`) });

/** Time enough for every pause and request of the browser code. */
const settle = () => page.waitForTimeout(500);

async function compose(input: CDPSession, text: string): Promise<void> {
  await input.send('Input.imeSetComposition', {
    text,
    selectionStart: text.length,
    selectionEnd: text.length,
  });
}

describe('results as one types', () => {
  it('appear without a page load, and keep the focus in the box', async () => {
    await page.goto(service.address);
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await box().pressSequentially('人才公寓', { delay: 20 });
    await summary('人才公寓').waitFor();
    expect(query()).toBe('人才公寓');
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
    expect(await box().evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('are one step of the history a search, so that Back leads to the search before', async () => {
    await page.goto(search('招商'));
    await box().fill('');
    await box().pressSequentially('人才公寓', { delay: 200 });
    await box().press('Enter');
    await summary('人才公寓').waitFor();
    await box().fill('概念验证');
    await summary('概念验证').waitFor();
    await page.goBack();
    await summary('人才公寓').waitFor();
    expect(await box().inputValue()).toBe('人才公寓');
    await page.goBack();
    await summary('招商').waitFor();
    await page.goForward();
    await summary('人才公寓').waitFor();
  });

  it('keep the filters that are set', async () => {
    await page.goto(`${search('招商')}&park=guiyang-gaoxinqu`);
    await box().fill('项目');
    await summary('项目').waitFor();
    expect(new URL(page.url()).searchParams.get('park')).toBe('guiyang-gaoxinqu');
  });

  it('wait while an input method composes', async () => {
    await page.goto(search('招商'));
    await box().fill('');
    await settle();
    requests.length = 0;
    await box().focus();
    const input = await context.newCDPSession(page);
    for (const typed of ['g', 'gui', 'gui yang']) await compose(input, typed);
    await settle();
    expect(requests).toEqual([]);
    await input.send('Input.insertText', { text: '贵阳' });
    await summary('贵阳').waitFor();
    expect(requests).toContain('/search');
    expect(requests).toContain('/api/suggest');
  });
});

describe('suggestions', () => {
  it('are chosen with the arrow keys and Enter', async () => {
    await page.goto(service.address);
    await box().pressSequentially('贵阳');
    await options().first().waitFor();
    await box().press('ArrowDown');
    const chosen = page.locator('[role=option][aria-selected=true]');
    expect(await box().getAttribute('aria-activedescendant')).toBe(await chosen.getAttribute('id'));
    await box().press('Enter');
    await page.waitForURL((url) => (url.searchParams.get('q')?.length ?? 0) > 2);
    expect(await box().inputValue()).toBe(query());
    await settle();
    expect(await options().count()).toBe(0);
  });

  it('tell parks, words and titles apart', async () => {
    await page.goto(service.address);
    await box().pressSequentially('高新');
    await options().first().waitFor();
    const kinds = await options().locator('small').allTextContents();
    expect([...new Set(kinds)]).toEqual(['园区', '词语', '标题']);
  });

  it('lead from a title to its story', async () => {
    await page.goto(`${service.address}/parks`);
    await box().pressSequentially('公寓');
    const title = options().filter({ has: page.locator('small', { hasText: '标题' }) });
    await title.first().waitFor();
    const text = await title.first().locator('bdi').textContent();
    for (let step = 0; step < 8; step += 1) {
      await box().press('ArrowDown');
      if ((await title.first().getAttribute('aria-selected')) === 'true') break;
    }
    await box().press('Enter');
    await page.locator('.hit').first().waitFor();
    expect(query()).toBe(`"${text}"`);
    expect(await page.locator('.hit h2').first().textContent()).toContain(text);
  });

  it('of what was typed last are shown, however late the others come', async () => {
    await page.route('**/api/suggest?q=%E4%BA%BA', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      await route.continue().catch(() => undefined);
    });
    await page.goto(`${service.address}/parks`);
    await box().pressSequentially('人', { delay: 0 });
    await page.waitForRequest('**/api/suggest?q=%E4%BA%BA');
    await box().pressSequentially('才公', { delay: 0 });
    await options().filter({ hasText: '人才公寓' }).first().waitFor();
    const shown = await options().allTextContents();
    await page.waitForTimeout(900);
    expect(await options().allTextContents()).toEqual(shown);
  });

  it('go away with Esc and leave the text alone', async () => {
    await page.goto(`${service.address}/parks`);
    await box().pressSequentially('贵阳');
    await options().first().waitFor();
    await box().press('Escape');
    expect(await options().count()).toBe(0);
    expect(await box().inputValue()).toBe('贵阳');
    expect(await box().getAttribute('aria-expanded')).toBe('false');
  });

  it('come back as recent searches in the empty box', async () => {
    await page.goto(search('概念验证'));
    await page.goto(service.address);
    await page.locator('#recent').getByRole('link', { name: '概念验证' }).waitFor();
    await box().click();
    expect(await options().first().textContent()).toContain('概念验证');
  });
});

describe('keys', () => {
  it('/ comes to the box from anywhere', async () => {
    await page.goto(`${service.address}/parks`);
    await page.keyboard.press('/');
    expect(await box().evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await box().inputValue()).toBe('');
  });

  it('n and p go from match to match on an article', async () => {
    await page.goto(search('贵阳高新区'));
    await page.locator('.hit h2 a').first().click();
    const marks = page.locator('.story mark');
    await marks.first().waitFor();
    await page.keyboard.press('n');
    expect(await marks.first().getAttribute('class')).toBe('current');
    await page.keyboard.press('p');
    expect(await marks.last().getAttribute('class')).toBe('current');
  });
});

describe('saved searches', () => {
  it('are kept by the browser, renamed, deleted and brought back', async () => {
    await page.goto(search('招商'));
    await page.getByLabel('保存这一检索').fill('招商动态');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('heading', { name: '已保存' }).waitFor();
    await page.goto(`${service.address}/saved`);
    await page.getByRole('button', { name: '改名：招商动态' }).click();
    await page.getByLabel('新名称').fill('招商要闻');
    await page.getByRole('button', { name: '改名', exact: true }).click();
    await page.getByRole('link', { name: '招商要闻' }).waitFor();

    await page.getByRole('button', { name: '删除：招商要闻' }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('link', { name: '招商要闻' }).click();
    await summary('招商').waitFor();

    await page.goto(`${service.address}/saved`);
    const address = await page.getByRole('link', { name: '招商要闻' }).getAttribute('href');
    await page.getByRole('button', { name: '删除：招商要闻' }).click();
    await page.goto(`${service.address}/saved`);
    await page.getByText('还没有保存过检索').waitFor();
    expect((await context.request.get(service.address + address!)).status()).toBe(404);
  });
});
