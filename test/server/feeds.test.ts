import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestService } from '../service-for-tests.ts';
import { startTestService, temporaryFolder } from '../service-for-tests.ts';
import { readAtom } from './feed-entries.ts';
import { runIndexCommand } from './index-command.ts';
import { savedSearchClient } from './saved-search-client.ts';

let service: TestService;
let client: ReturnType<typeof savedSearchClient>;
let folder: string;
beforeAll(async () => {
  service = await startTestService();
  client = savedSearchClient(service.address);
  folder = temporaryFolder();
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** `npm run index` on one JSON Lines file, beside the running service. */
async function take(name: string, articles: readonly Readonly<Record<string, string>>[]) {
  const file = join(folder, name);
  writeFileSync(file, articles.map((article) => `${JSON.stringify(article)}\n`).join(''));
  await runIndexCommand(service.dataDir, file);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(100);
}

const article = (id: string, title: string, date: string) => ({
  id,
  title,
  date,
  source: '试验日报',
  text: `${title}。青金石产业园今天开工，记者在现场看到一派繁忙景象，工人们正在安装设备。`,
});
const atomOf = async (id: string) =>
  readAtom(await (await client.send('GET', `/s/${id}/feed.atom`)).text());

describe('feeds of a saved search', () => {
  it('hold what Atom and JSON Feed demand', async () => {
    const saved = await client.save('贵阳', 'q=贵阳高新区');
    const response = await client.send('GET', `/s/${saved.id}/feed.atom`);
    expect(response.headers.get('content-type')).toContain('application/atom+xml');
    const atom = readAtom(await response.text());
    expect(atom.id).toBe(`urn:park-news:saved-search:${saved.id}`);
    expect(atom.title).toBe('贵阳');
    expect(atom.author).not.toBe('');
    expect(atom.self).toBe(saved.feedAtom);
    expect(atom.entries.length).toBeGreaterThan(0);
    const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
    for (const { id, title, updated, links } of atom.entries) {
      expect(URL.canParse(id)).toBe(true);
      expect(title).not.toBe('');
      expect(updated).toMatch(rfc3339);
      expect(links).toHaveLength(1);
    }
    expect(atom.updated).toMatch(rfc3339);
    const json = await client.jsonFeed(saved.id);
    expect(json.feed_url).toBe(saved.feedJson);
    expect(json.items.map(({ id }) => id)).toEqual(atom.entries.map(({ id }) => id));
    expect(new Set(json.items.map(({ id }) => id)).size).toBe(json.items.length);
  });

  it('show a late old article first, once, whatever happens to it', async () => {
    const saved = await client.save('青金石', 'q=青金石产业园');
    const old = article('lapis-1998', '青金石产业园的旧闻', '1998-05-04');
    await take('new.jsonl', [article('lapis-2024', '青金石产业园的近事', '2024-05-04')]);
    await until(async () => (await client.news(saved.id)).count === 1);
    const { arrived } = await client.news(saved.id);
    await take('old.jsonl', [old]);
    await until(async () => (await client.news(saved.id, arrived)).count === 1);
    expect((await client.news(saved.id)).count).toBe(2);
    const before = await atomOf(saved.id);
    expect(before.entries.map(({ title }) => title)).toEqual([
      '青金石产业园的旧闻',
      '青金石产业园的近事',
    ]);

    // Edited: the same entry at the same place.
    await take('old.jsonl', [{ ...old, title: '青金石产业园旧闻一则' }]);
    await until(async () => (await atomOf(saved.id)).entries[0]?.title === '青金石产业园旧闻一则');
    const edited = await atomOf(saved.id);
    expect(edited.entries.map(({ id, updated }) => ({ id, updated }))).toEqual(
      before.entries.map(({ id, updated }) => ({ id, updated })),
    );

    // Removed and taken in again: not new again.
    const now = (await client.news(saved.id)).arrived;
    await take('old.jsonl', [article('other', '别的事情', '2000-01-01')]);
    await until(async () => (await atomOf(saved.id)).entries.length === 2);
    await take('old.jsonl', [old]);
    await until(async () =>
      (await atomOf(saved.id)).entries.some(({ title }) => title === '青金石产业园的旧闻'),
    );
    const back = await atomOf(saved.id);
    const of1998 = before.entries[0]!;
    expect(back.entries.filter(({ id }) => id === of1998.id)).toEqual([of1998]);
    const { count } = await client.news(saved.id, now);
    expect(count).toBe(back.entries.length - 2);
  });

  it('answer 304 to a reader that has them', async () => {
    const saved = await client.save('再问', 'q=营商环境');
    for (const format of ['atom', 'json']) {
      const address = `${service.address}/s/${saved.id}/feed.${format}`;
      const first = await fetch(address);
      const etag = first.headers.get('etag')!;
      const modified = first.headers.get('last-modified')!;
      const ask = (headers: Record<string, string>) =>
        fetch(address, { headers: { ...headers, 'Cache-Control': '' } });
      expect((await ask({ 'If-None-Match': etag })).status).toBe(304);
      expect((await ask({ 'If-Modified-Since': modified })).status).toBe(304);
      expect((await ask({ 'If-None-Match': '"other"' })).status).toBe(200);
      const earlier = new Date(Date.parse(modified) - 1000).toUTCString();
      expect((await ask({ 'If-Modified-Since': earlier })).status).toBe(200);
    }
  });

  it.each(['<b>粗</b> & ]]> &amp;lt;', '\u202Etxet\u2066 右向左', 'x"y\'z', '长'.repeat(100)])(
    'show the name %s as text',
    async (name) => {
      const saved = await client.save(name, `q=${encodeURIComponent('营商环境')}`);
      expect((await atomOf(saved.id)).title).toBe(name);
      expect((await client.jsonFeed(saved.id)).title).toBe(name);
    },
  );

  it('show hostile articles as text', async () => {
    const title = '<script>alert(1)</script> & ]]> 孔雀石园区';
    const text = `孔雀石园区的消息。\u0000\u0008${'字'.repeat(10_000)}<img src=x>`;
    await take('hostile.jsonl', [{ id: 'a/b?c#<>', title, date: '2024-01-01', text }]);
    const saved = await client.save('孔雀石', 'q=孔雀石园区');
    await until(async () => (await atomOf(saved.id)).entries.length === 1);
    const [entry] = (await atomOf(saved.id)).entries;
    expect(entry!.titleType).toBe('html');
    const { document } = parseHTML(`<!doctype html><p>${entry!.title}</p>`);
    expect(document.querySelector('p')!.textContent).toBe(title);
    const [item] = (await client.jsonFeed(saved.id)).items;
    expect(item!.title).toBe(title);
    expect(item!.content_html).not.toContain('<img');
    const opened = await fetch(entry!.links[0]!);
    expect(opened.status).toBe(200);
  });

  it('refuse a name or query that is too long, naming the limit', async () => {
    const ask = async (body: unknown) => {
      const response = await client.send('POST', '/api/saved-searches', { body });
      expect(response.status).toBe(400);
      return response.text();
    };
    expect(await ask({ name: '名'.repeat(10_000), query: 'q=a' })).toContain('100 个字符');
    expect(await ask({ name: '名', query: `q=${'字'.repeat(7_000)}` })).toContain('5000 个字符');
    expect(await ask({ name: '名', query: `q=${'a'.repeat(10_000)}` })).toContain('8000 个字符');
    expect(await ask({ name: '两\n行', query: 'q=a' })).toContain('控制字符');
  });
});
