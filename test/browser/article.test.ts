import { beforeAll, describe, expect, it } from 'vitest';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { seriousFindings } from './accessibility.ts';
import { openContext, openSite } from './browser-for-tests.ts';

const TITLE = '贵阳高新区“一窗通办”满一年 一扇窗口办了42.6万件';

const site = openSite();
/** A story that has a copy and that the splitter was not sure of. */
let article: string;

beforeAll(async () => {
  const words = encodeURIComponent('一窗通办');
  const found: unknown = await (
    await fetch(`${site.service.address}/api/search?q=${words}&size=50`)
  ).json();
  const hit = searchResponseSchema.parse(found).hits.find(({ title }) => title === TITLE);
  article = `${site.service.address}${hit!.url}?q=${words}`;
});

describe('the article page', () => {
  it('goes from match to match with n and p and counts them', async () => {
    await site.page.goto(article);
    const marks = site.page.locator('.story mark');
    const total = await marks.count();
    expect(total).toBeGreaterThan(1);
    const place = async () => (await site.page.locator('#matches span').textContent())?.trim();
    const current = () =>
      site.page.locator('.story mark.current').evaluateAll((elements) => {
        const all = [...document.querySelectorAll('.story mark')];
        return elements.map((element) => all.indexOf(element));
      });
    await site.page.keyboard.press('n');
    expect([await current(), await place()]).toEqual([[0], `1 / ${total}`]);
    await site.page.keyboard.press('n');
    expect([await current(), await place()]).toEqual([[1], `2 / ${total}`]);
    await site.page.keyboard.press('p');
    await site.page.keyboard.press('p');
    expect([await current(), await place()]).toEqual([[total - 1], `${total} / ${total}`]);
    await site.page.getByRole('button', { name: '下一处' }).click();
    expect(await current()).toEqual([0]);
    await site.page.locator('#q').focus();
    await site.page.keyboard.press('n');
    expect(await current()).toEqual([0]);
  });

  it('copies a citation', async () => {
    await site.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await site.page.goto(article);
    const clipboard = () => site.page.evaluate(() => navigator.clipboard.readText());
    await site.page.locator('#cite-gbt + .copy').focus();
    await site.page.keyboard.press('Enter');
    await site.page.getByRole('button', { name: '已复制' }).waitFor();
    expect(await clipboard()).toBe(await site.page.locator('#cite-gbt').textContent());
    expect(await clipboard()).toContain(`${TITLE}[N].示例科技报,2022-04-12(03).`);
    await site.page.getByText('BibTeX', { exact: true }).click();
    await site.page.locator('#cite-bibtex + .copy').click();
    await expect.poll(clipboard).toContain('@article{');
  });

  it('unfolds how a copy differs, and leads to the raw page, with scripts off', async () => {
    const plain = await openContext(site, { javaScriptEnabled: false });
    const quiet = await plain.newPage();
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
    await site.page.emulateMedia({ colorScheme: scheme });
    await site.page.goto(article);
    await site.page.keyboard.press('n');
    for (const fold of await site.page.locator('.story ~ section summary, .cite summary').all())
      await fold.click();
    expect(await seriousFindings(site.page)).toEqual([]);
    await site.page.goto(article.replace('?', '/page?') + '#part-2');
    expect(await seriousFindings(site.page)).toEqual([]);
  });

  it('fits a phone', async () => {
    await site.page.setViewportSize({ width: 360, height: 740 });
    for (const address of [article, article.replace('?', '/page?')]) {
      await site.page.goto(address);
      expect(await site.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    }
  });

  it('prints the story without what only a screen needs', async () => {
    await site.page.goto(article);
    await site.page.emulateMedia({ media: 'print' });
    for (const gone of ['.toolbar', '.copies', '.related', '.copy'])
      expect(await site.page.locator(gone).first().isVisible()).toBe(false);
    for (const kept of ['.story h1', '.body', '#cite-gbt'])
      expect(await site.page.locator(kept).isVisible()).toBe(true);
  });
});
