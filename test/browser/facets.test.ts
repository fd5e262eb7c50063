import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestService } from '../service-for-tests.ts';
import { startTestService } from '../service-for-tests.ts';
import { collectProblems, launchBrowser } from './browser-for-tests.ts';

let service: TestService;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), launchBrowser()]);
});
beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  problems = [];
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

const open = (query: string) => page.goto(`${service.address}/search?${query}`);
const bar = (value: string) => page.locator(`.histogram a[data-value="${value}"]`);
const parameters = () => Object.fromEntries(new URL(page.url()).searchParams);
const total = async () =>
  Number(/[\d,]+/.exec(await page.locator('#summary .count').innerText())?.[0]);

describe('the date histogram', () => {
  it('leads from years to months to days by clicks, and back out', async () => {
    await open('q=高新区');
    await bar('2022').click();
    await page.waitForURL(/year=2022/);
    const ofYear = await total();
    const march = bar('2022-03');
    await march.click();
    await page.waitForURL(/month=2022-03/);
    expect(await total()).toBeLessThan(ofYear);
    const days = await page
      .locator('.histogram [data-value]')
      .evaluateAll((bars) => bars.map((one) => one.getAttribute('data-value') ?? ''));
    expect(days.every((day) => day.startsWith('2022-03-'))).toBe(true);
    await page.getByRole('link', { name: '看 2022 全年' }).click();
    await page.waitForURL(/year=2022/);
    expect(await total()).toBe(ofYear);
    await page.getByRole('link', { name: '看全部年份' }).click();
    await page.waitForURL((address) => !address.search.includes('year'));
  });

  it('narrows to the time one drags over', async () => {
    await open('q=高新区');
    const [from, to] = [await bar('2020').boundingBox(), await bar('2022').boundingBox()];
    await page.mouse.move(from!.x + from!.width / 2, from!.y + 10);
    await page.mouse.down();
    await page.mouse.move(to!.x + to!.width / 2, to!.y + 10, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/from=2020/);
    expect(parameters()).toEqual({ q: '高新区', from: '2020', to: '2022' });
    const dragged = await total();
    await open('q=高新区&year=2020&year=2021&year=2022');
    expect(await total()).toBe(dragged);
    await page.goBack();
    expect(parameters()['from']).toBe('2020');
  });
});

describe('the park facet', () => {
  it('finds a park by its name, and by pinyin', async () => {
    await open('');
    const finder = page.getByLabel('找园区');
    await finder.fill('东湖');
    const parks = page.locator('.facets [data-park]:visible');
    await expect.poll(() => parks.first().innerText()).toContain('东湖高新区');
    await finder.fill('guiyang');
    await expect.poll(() => parks.first().innerText()).toContain('贵阳');
    await finder.fill('');
    await expect.poll(() => parks.count()).toBeGreaterThan(5);
  });

  it('adds a second park without losing the first, and drops either by its chip', async () => {
    await open('');
    const [first, second] = ['贵阳高新区', '东湖高新区'];
    await page.locator('.facets [data-park] a').filter({ hasText: first }).first().click();
    await page.waitForURL(/park=/);
    const one = await total();
    await page.locator('.facets [data-park] a').filter({ hasText: second }).first().click();
    await page.waitForURL(/park=.*park=/);
    expect(await total()).toBeGreaterThan(one);
    await page.locator('.chip').filter({ hasText: second }).click();
    await page.waitForURL((address) => address.searchParams.getAll('park').length === 1);
    expect(await total()).toBe(one);
  });
});

describe('a search without results', () => {
  it('offers wider searches with their counts', async () => {
    await open('q="一窗通办"&year=1999');
    expect(await page.locator('#summary .count').innerText()).toBe('无结果');
    const offer = page.locator('.offers li').filter({ hasText: '去掉“年份 1999年”' });
    const count = Number(/(\d+) 篇/.exec(await offer.innerText())?.[1]);
    expect(count).toBeGreaterThan(0);
    await offer.getByRole('link').click();
    await page.waitForURL((address) => !address.search.includes('1999'));
    expect(await total()).toBe(count);
  });
});
