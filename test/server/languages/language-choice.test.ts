import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestService } from '../../service-for-tests.ts';
import { sharedSampleService } from '../../service-for-tests.ts';

let service: TestService;
beforeAll(async () => {
  service = await sharedSampleService();
});

async function open(path: string, cookie = '') {
  const response = await fetch(`${service.address}${path}`, { headers: { cookie } });
  const { document } = parseHTML(await response.text());
  return {
    response,
    language: document.documentElement.getAttribute('lang'),
    heading: document.querySelector('h1')?.textContent.trim(),
    links: [...document.querySelectorAll('#languages a')].map((a) => a.getAttribute('href')),
    bdi: document.querySelector('main bdi'),
  };
}

describe('the language of the interface', () => {
  it.each([
    ['/parks', '', 'zh-Hans', /^园区一览/],
    ['/parks?lang=zh-Hant', '', 'zh-Hant', /^園區一覽/],
    ['/parks?lang=en', '', 'en', /^All parks/],
    ['/parks', 'other=1; lang=en', 'en', /^All parks/],
    ['/parks?lang=zh-Hans', 'lang=en', 'zh-Hans', /^园区一览/],
    ['/parks?lang=xx', 'lang=zz', 'zh-Hans', /^园区一览/],
    ['/nowhere', 'lang=en', 'en', /^There is no such page/],
    ['/search?q=%E6%97%A5%E6%9C%9F:x&lang=zh-Hant', '', 'zh-Hant', /^這個請求看不懂/],
  ])('%s with the cookie “%s” is in %s', async (path, cookie, language, heading) => {
    const page = await open(path, cookie);
    expect(page.language).toBe(language);
    expect(page.heading).toMatch(heading);
    expect(page.response.headers.get('content-language')).toBe(language);
    expect(page.response.headers.get('vary')).toContain('Cookie');
    expect(page.response.headers.get('cache-control')).toBe('private, no-cache');
  });

  it('is kept in a cookie of this site once it was asked for', async () => {
    const { response } = await open('/help?lang=en');
    expect(response.headers.get('set-cookie')).toMatch(/^lang=en;.*HttpOnly; SameSite=Lax$/);
    expect((await open('/help')).response.headers.get('set-cookie')).toBeNull();
  });

  it('can be changed on every page without leaving the search', async () => {
    const { links } = await open('/search?q=%E6%8B%9B%E5%95%86&year=2022&lang=en');
    const left = links.map((href) => [...new URL(href!, service.address).searchParams]);
    expect(left).toEqual(
      ['zh-Hans', 'zh-Hant', 'en'].map((lang) => [
        ['q', '招商'],
        ['year', '2022'],
        ['lang', lang],
      ]),
    );
  });

  it('leaves titles and texts as they were printed, marked as Chinese', async () => {
    const plain = await open('/search?q=综保区');
    for (const lang of ['zh-Hant', 'en']) {
      const page = await open(`/search?q=综保区&lang=${lang}`);
      expect(page.bdi?.textContent).toBe(plain.bdi?.textContent);
      expect(page.bdi?.getAttribute('lang')).toBe('zh');
    }
  });

  it('leaves the JSON interface in Chinese', async () => {
    const response = await fetch(`${service.address}/api/search?page=0&lang=en`, {
      headers: { cookie: 'lang=en' },
    });
    expect(await response.text()).toContain('页码从 1 开始');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('is told to bad requests in their own words', async () => {
    const cases = [
      ['/search?size=99&kind=x&from=x&month=x&sort=x', 5],
      ['/parks?sort=x&order=x&group=x&page=x', 4],
      ['/compare?by=x', 1],
      [`/search?q=${'('.repeat(60)}`, 1],
    ] as const;
    for (const [path, problems] of cases) {
      const response = await fetch(`${service.address}${path}`, { headers: { cookie: 'lang=en' } });
      const { document } = parseHTML(await response.text());
      const said = [...document.querySelectorAll('.problems li')].map((item) => item.textContent);
      expect(said).toHaveLength(problems);
      for (const sentence of said) expect(sentence).not.toMatch(/\p{Script=Han}/u);
    }
  });
});
