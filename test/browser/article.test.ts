import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import type { TestService } from '../service-for-tests.ts';
import { startTestService } from '../service-for-tests.ts';
import { seriousFindings } from './accessibility.ts';
import { collectProblems, launchBrowser } from './browser-for-tests.ts';

const TITLE = '贵阳高新区“一窗通办”满一年 一扇窗口办了42.6万件';

let service: TestService;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let problems: string[];
/** A story that has a copy and that the splitter was not sure of. */
let article: string;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), launchBrowser()]);
  const words = encodeURIComponent('一窗通办');
  const found: unknown = await (
    await fetch(`${service.address}/api/search?q=${words}&size=50`)
  ).json();
  const hit = searchResponseSchema.parse(found).hits.find(({ title }) => title === TITLE);
  article = `${service.address}${hit!.url}?q=${words}`;
});
beforeEach(async () => {
  context = await browser.newContext();
  problems = [];
  page = await openPage(context);
});
afterEach(async () => {
  await context.close();
  expect(problems).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

async function openPage(inside: BrowserContext): Promise<Page> {
  const opened = await inside.newPage();
  collectProblems(opened, problems);
  return opened;
}

describe('the article page', () => {
  it('goes from match to match with n and p and counts them', async () => {
    await page.goto(article);
    const marks = page.locator('.story mark');
    const total = await marks.count();
    expect(total).toBeGreaterThan(1);
    const place = async () => (await page.locator('#matches span').textContent())?.trim();
    const current = () =>
      page.locator('.story mark.current').evaluateAll((elements) => {
        const all = [...document.querySelectorAll('.story mark')];
        return elements.map((element) => all.indexOf(element));
      });
    await page.keyboard.press('n');
    expect([await current(), await place()]).toEqual([[0], `1 / ${total}`]);
    await page.keyboard.press('n');
    expect([await current(), await place()]).toEqual([[1], `2 / ${total}`]);
    await page.keyboard.press('p');
    await page.keyboard.press('p');
    expect([await current(), await place()]).toEqual([[total - 1], `${total} / ${total}`]);
    await page.getByRole('button', { name: '下一处' }).click();
    expect(await current()).toEqual([0]);
    await page.locator('#q').focus();
    await page.keyboard.press('n');
    expect(await current()).toEqual([0]);
  });

  it('copies a citation', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(article);
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await page.locator('#cite-gbt + .copy').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '已复制' }).waitFor();
    expect(await clipboard()).toBe(await page.locator('#cite-gbt').textContent());
    expect(await clipboard()).toContain(`${TITLE}[N].示例科技报,2022-04-12(03).`);
    await page.getByText('BibTeX', { exact: true }).click();
    await page.locator('#cite-bibtex + .copy').click();
    await expect.poll(clipboard).toContain('@article{');
  });

  it('unfolds how a copy differs, and leads to the raw page, with scripts off', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const quiet = await openPage(plain);
    await quiet.goto(article);
    expect(await quiet.locator('#matches').textContent()).toMatch(/正文中有 \d+ 处匹配/);
    expect(await quiet.locator('.copies ins').last().isVisible()).toBe(false);
    await quiet.getByText('与本篇有何不同').click();
    expect(await quiet.locator('.copies ins').last().isVisible()).toBe(true);
    await quiet.getByRole('link', { name: '看原始版面' }).click();
    await quiet.getByRole('link', { name: /^2 / }).click();
    expect(await quiet.locator('.part:target').getAttribute('data-label')).toMatch(/^2 /);
    await quiet.getByRole('link', { name: '← 回到这篇报道' }).click();
    await quiet.getByRole('link', { name: '← 回到检索结果' }).click();
    await quiet.waitForURL(/\/search\?q=/);
    await plain.close();
  });

  it.each(['light', 'dark'] as const)('has no serious finding of axe-core (%s)', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(article);
    await page.keyboard.press('n');
    for (const fold of await page.locator('.story ~ section summary, .cite summary').all())
      await fold.click();
    expect(await seriousFindings(page)).toEqual([]);
    await page.goto(article.replace('?', '/page?') + '#part-2');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const address of [article, article.replace('?', '/page?')]) {
      await page.goto(address);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    }
  });

  it('prints the story without what only a screen needs', async () => {
    await page.goto(article);
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['.toolbar', '.copies', '.related', '.copy'])
      expect(await page.locator(gone).first().isVisible()).toBe(false);
    for (const kept of ['.story h1', '.body', '#cite-gbt'])
      expect(await page.locator(kept).isVisible()).toBe(true);
  });
});
