import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestService } from '../service-for-tests.ts';
import { sharedSampleService } from '../service-for-tests.ts';
import { launchBrowser } from './launch-browser.ts';

const PAGES = [
  '/parks',
  '/parks/guiyang-gaoxinqu',
  '/compare?park=guiyang-gaoxinqu&park=donghu-gaoxinqu',
];

let service: TestService;
let browser: Browser;
const problems: string[] = [];

beforeAll(async () => {
  [service, browser] = await Promise.all([sharedSampleService(), launchBrowser()]);
});
afterAll(() => browser.close());

async function openIn(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(service.address + path);
  return page;
}

describe.each([
  ['a wide window', 1280, 'light'],
  ['a telephone in the dark', 360, 'dark'],
] as const)('without scripts, in %s', (_, width, colorScheme) => {
  it.each(PAGES)('%s shows its chart, readable, in the colours of the page', async (path) => {
    problems.length = 0;
    const viewport = { width, height: 800 };
    const context = await browser.newContext({ viewport, colorScheme, javaScriptEnabled: false });
    const page = await openIn(context, path);
    const chart = page.locator('.chart svg:visible');
    expect(await chart.count()).toBe(1);
    const box = (await chart.boundingBox())!;
    expect(box.width).toBeGreaterThan(300);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    const label = (await chart.locator('text').first().boundingBox())!;
    expect(label.height).toBeGreaterThan(9);
    const colours = await chart
      .locator('[fill^="var("]')
      .evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).fill));
    expect(colours.length).toBeGreaterThan(0);
    // What a browser makes of a colour it does not know.
    expect(colours).not.toContain('rgb(0, 0, 0)');
    await page.locator('.chart summary').click();
    expect(await page.locator('.chart table').isVisible()).toBe(true);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('in the browser', () => {
  it('a bar leads to its articles', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await openIn(context, '/parks/guiyang-gaoxinqu?by=year');
    await page.locator('.chart svg:visible a[aria-label^="2022年"]').click();
    await page.waitForURL(/\/search\?.*year=2022/);
    expect(await page.locator('.hits > li').count()).toBeGreaterThan(0);
    await context.close();
  });

  it('a park is found, compared, and the comparison searched, with the keyboard alone', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await openIn(context, '/compare?park=donghu-gaoxinqu');
    await page.locator('#add-park').focus();
    await page.keyboard.type('gygxq');
    await page.keyboard.press('Tab');
    await page.keyboard.type('企业');
    await page.keyboard.press('Enter');
    await page.waitForURL(/park=guiyang-gaoxinqu/);
    expect(await page.locator('.chip').count()).toBe(2);
    expect(new URL(page.url()).searchParams.get('q')).toBe('企业');
    await context.close();
  });
});
