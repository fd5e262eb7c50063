import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runIndexCommand } from '../server/index-command.ts';
import { startTestService, temporaryFolder } from '../service-for-tests.ts';
import { openContext, openSite } from './browser-for-tests.ts';

const site = openSite(() => startTestService());
let folder: string;

beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function save(name: string, q: string): Promise<{ link: string; token: string }> {
  await site.page.goto(`${site.service.address}/search?q=${encodeURIComponent(q)}`);
  const form = site.page.locator('form.save');
  await form.locator('input[name="name"]').fill(name);
  await form.locator('button').click();
  await site.page.locator('#created').waitFor();
  return {
    link: (await site.page.locator('#saved-link').getAttribute('href'))!,
    token: (await site.page.locator('#saved-token').textContent())!,
  };
}

const row = (name: string) => site.page.locator('.saved li').filter({ hasText: name });
const openList = () => site.page.goto(`${site.service.address}/saved`);

describe('saved searches in the browser', () => {
  it('tell the token once, open in a fresh profile, and come back after deletion', async () => {
    const { link, token } = await save('<b>人才</b>', '人才公寓');
    expect(token.length).toBeGreaterThan(20);
    await openList();
    await row('<b>人才</b>').waitFor();
    expect(await site.page.content()).not.toContain(token);

    const other = await openContext(site);
    const fresh = await other.newPage();
    await fresh.goto(link);
    expect(new URL(fresh.url()).searchParams.get('q')).toBe('人才公寓');
    await fresh.goto(`${site.service.address}/saved`);
    await fresh.getByText('还没有保存过检索').waitFor();
    await other.close();

    await site.page.getByRole('button', { name: /^改名：/ }).click();
    await site.page.getByRole('textbox', { name: '新名称' }).fill('人才住房');
    await site.page.keyboard.press('Enter');
    await row('人才住房')
      .getByRole('button', { name: /^删除：/ })
      .click();
    await site.page.getByRole('button', { name: '撤销' }).waitFor();
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(404);
    await site.page.getByRole('button', { name: '撤销' }).click();
    await row('人才住房').getByRole('link', { name: 'Atom' }).waitFor();
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(302);
    await site.page.reload();
    await row('人才住房').waitFor();
  });

  it('count what came in since this browser last looked', async () => {
    const { link } = await save('青金石', '青金石产业园');
    await openList();
    await row('青金石').waitFor();
    expect(await site.page.locator('.news').count()).toBe(0);
    const file = join(folder, 'old.jsonl');
    const articles = ['1998-01-01', '2024-01-01'].map((date) =>
      JSON.stringify({
        id: `lapis-${date}`,
        date,
        title: '青金石产业园',
        text: `青金石产业园${date}。`,
      }),
    );
    writeFileSync(file, articles.join('\n'));
    await runIndexCommand(site.service.dataDir, file);
    await expect
      .poll(
        async () => {
          await site.page.reload();
          await row('青金石').waitFor();
          await site.page.waitForLoadState('networkidle');
          return site.page.locator('.news').allTextContents();
        },
        { timeout: 60_000 },
      )
      .toEqual(['2 篇新增']);
    // By its link, not by the list: whoever sees the results has looked.
    await site.page.goto(link);
    await site.page.waitForLoadState('networkidle');
    await openList();
    await row('青金石').waitFor();
    await site.page.waitForLoadState('networkidle');
    expect(await site.page.locator('.news').count()).toBe(0);
  });

  it('travel as OPML, names made of HTML too', async () => {
    await save('"><img src=x> & 园', '综保区');
    await openList();
    const downloading = site.page.waitForEvent('download');
    await site.page.getByRole('button', { name: '导出 OPML' }).click();
    const file = join(folder, 'saved.opml');
    await (await downloading).saveAs(file);
    expect(readFileSync(file, 'utf8')).toContain('&lt;img src=x&gt; &amp; 园');

    const other = await openContext(site);
    const fresh = await other.newPage();
    await fresh.goto(`${site.service.address}/saved`);
    await fresh.locator('input[type="file"]').setInputFiles(file);
    await fresh.locator('#opml-said').getByText('导入了 1 个检索').waitFor();
    expect(await fresh.locator('.saved li > a').allTextContents()).toEqual(['"><img src=x> & 园']);
    await fresh.locator('input[type="file"]').setInputFiles(file);
    await fresh.locator('#opml-said').getByText('导入了 0 个检索').waitFor();
    await other.close();
  });

  it('lead to their webhook, whose page says what is wrong with an address', async () => {
    const { token } = await save('推送', '综保区');
    await openList();
    await row('推送')
      .getByRole('button', { name: /^推送：/ })
      .click();
    const field = site.page.getByRole('textbox', { name: '推送网址' });
    await field.fill('http://127.0.0.1:9000/');
    await site.page.keyboard.press('Enter');
    await site.page.locator('#webhook-problems').getByText('内部网络').waitFor();
    expect(site.page.url()).not.toContain(token);
    // The browser logs the refusal.
    const logged = site.problems.splice(0).map((problem) => /status of (\d+)/.exec(problem)?.[1]);
    expect(logged).toEqual(['400']);
  });
});

describe('an export in the browser', () => {
  it('shows its progress and saves the whole list', async () => {
    await site.page.goto(`${site.service.address}/search?q=${encodeURIComponent('园区')}`);
    const link = site.page.locator('.export a').filter({ hasText: 'CSV' });
    const whole = await fetch(new URL((await link.getAttribute('href'))!, site.service.address));
    const expected = Buffer.from(await whole.arrayBuffer());
    const downloading = site.page.waitForEvent('download');
    await link.click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('articles.csv');
    const file = join(folder, 'articles.csv');
    await download.saveAs(file);
    expect(readFileSync(file).equals(expected)).toBe(true);
    expect(await site.page.locator('.export .progress').textContent()).toBe('已导出');
  });

  it('can be stopped', async () => {
    await site.page.goto(`${site.service.address}/search?q=${encodeURIComponent('园区')}`);
    await site.page.route('**/api/export?**', () => undefined);
    await site.page.locator('.export a').first().click();
    await site.page.getByRole('progressbar', { name: '导出进度' }).waitFor();
    await site.page.getByRole('button', { name: '停止' }).click();
    await site.page.locator('.progress').getByText('已停止导出').waitFor();
  });

  it('is a plain link without scripts', async () => {
    const plain = await openContext(site, { javaScriptEnabled: false });
    const bare = await plain.newPage();
    await bare.goto(`${site.service.address}/search?q=${encodeURIComponent('园区')}`);
    const downloading = bare.waitForEvent('download');
    await bare.locator('.export a').first().click();
    expect((await downloading).suggestedFilename()).toMatch(/^articles\./);
    await plain.close();
  });
});
