import { describe, expect, it } from 'vitest';
import { openSite } from './browser-for-tests.ts';

const site = openSite();

const open = (query: string) => site.page.goto(`${site.service.address}/search?${query}`);
const bar = (value: string) => site.page.locator(`.histogram a[data-value="${value}"]`);
const parameters = () => Object.fromEntries(new URL(site.page.url()).searchParams);
const total = async () =>
  Number(/[\d,]+/.exec(await site.page.locator('#summary .count').innerText())?.[0]);

describe('the date histogram', () => {
  it('leads from years to months to days by clicks, and back out', async () => {
    await open('q=高新区');
    await bar('2022').click();
    await site.page.waitForURL(/year=2022/);
    const ofYear = await total();
    const march = bar('2022-03');
    await march.click();
    await site.page.waitForURL(/month=2022-03/);
    expect(await total()).toBeLessThan(ofYear);
    const days = await site.page
      .locator('.histogram [data-value]')
      .evaluateAll((bars) => bars.map((one) => one.getAttribute('data-value') ?? ''));
    expect(days.every((day) => day.startsWith('2022-03-'))).toBe(true);
    await site.page.getByRole('link', { name: '看 2022 全年' }).click();
    await site.page.waitForURL(/year=2022/);
    expect(await total()).toBe(ofYear);
    await site.page.getByRole('link', { name: '看全部年份' }).click();
    await site.page.waitForURL((address) => !address.search.includes('year'));
  });

  it('narrows to the time one drags over', async () => {
    await open('q=高新区');
    const [from, to] = [await bar('2020').boundingBox(), await bar('2022').boundingBox()];
    await site.page.mouse.move(from!.x + from!.width / 2, from!.y + 10);
    await site.page.mouse.down();
    await site.page.mouse.move(to!.x + to!.width / 2, to!.y + 10, { steps: 5 });
    await site.page.mouse.up();
    await site.page.waitForURL(/from=2020/);
    expect(parameters()).toEqual({ q: '高新区', from: '2020', to: '2022' });
    const dragged = await total();
    await open('q=高新区&year=2020&year=2021&year=2022');
    expect(await total()).toBe(dragged);
    await site.page.goBack();
    expect(parameters()['from']).toBe('2020');
  });
});

describe('the park facet', () => {
  it('finds a park by its name, and by pinyin', async () => {
    await open('');
    const finder = site.page.getByLabel('找园区');
    await finder.fill('东湖');
    const parks = site.page.locator('.facets [data-park]:visible');
    await expect.poll(() => parks.first().innerText()).toContain('东湖高新区');
    await finder.fill('guiyang');
    await expect.poll(() => parks.first().innerText()).toContain('贵阳');
    await finder.fill('');
    await expect.poll(() => parks.count()).toBeGreaterThan(5);
  });

  it('adds a second park without losing the first, and drops either by its chip', async () => {
    await open('');
    const [first, second] = ['贵阳高新区', '东湖高新区'];
    await site.page.locator('.facets [data-park] a').filter({ hasText: first }).first().click();
    await site.page.waitForURL(/park=/);
    const one = await total();
    await site.page.locator('.facets [data-park] a').filter({ hasText: second }).first().click();
    await site.page.waitForURL(/park=.*park=/);
    expect(await total()).toBeGreaterThan(one);
    await site.page.locator('.chip').filter({ hasText: second }).click();
    await site.page.waitForURL((address) => address.searchParams.getAll('park').length === 1);
    expect(await total()).toBe(one);
  });
});

describe('a search without results', () => {
  it('offers wider searches with their counts', async () => {
    await open('q="一窗通办"&year=1999');
    expect(await site.page.locator('#summary .count').innerText()).toBe('无结果');
    const offer = site.page.locator('.offers li').filter({ hasText: '去掉“年份 1999年”' });
    const count = Number(/(\d+) 篇/.exec(await offer.innerText())?.[1]);
    expect(count).toBeGreaterThan(0);
    await offer.getByRole('link').click();
    await site.page.waitForURL((address) => !address.search.includes('1999'));
    expect(await total()).toBe(count);
  });
});
