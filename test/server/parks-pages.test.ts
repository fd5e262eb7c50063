import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import type { TestService } from '../service-for-tests.ts';
import { sharedSampleService } from '../service-for-tests.ts';

let service: TestService;
beforeAll(async () => {
  service = await sharedSampleService();
});

const get = (path: string) => fetch(service.address + path, { redirect: 'manual' });

interface Opened {
  readonly all: (selector: string) => Element[];
  readonly texts: (selector: string) => string[];
  /** Addresses of the links, as they were written. */
  readonly hrefs: (selector: string) => string[];
}

async function open(path: string): Promise<Opened> {
  const response = await get(path);
  expect(response.status, path).toBe(200);
  const { document } = parseHTML(await response.text());
  const all = (selector: string): Element[] => [...document.querySelectorAll(selector)];
  return {
    all,
    texts: (selector) => all(selector).map((one) => one.textContent.replace(/\s+/g, ' ').trim()),
    hrefs: (selector) => all(selector).map((one) => one.getAttribute('href') ?? ''),
  };
}

async function totalOf(address: string): Promise<number> {
  const answer: unknown = await (await get(address.replace('/search', '/api/search'))).json();
  return searchResponseSchema.parse(answer).total;
}

/** Rows of the page's data table as numbers by what stands at their head. */
const figures = (page: Opened): Record<string, number[]> =>
  Object.fromEntries(
    page
      .all('.chart tbody tr')
      .map((row) => [...row.children].map((cell) => cell.textContent.trim()))
      .map(([head = '', ...cells]) => [
        head,
        cells.map((cell) => Number(cell.replaceAll(',', ''))),
      ]),
  );

describe('/parks', () => {
  it('lists every park that the corpus names, with as many articles as its link finds', async () => {
    const page = await open('/parks');
    const names = page.texts('.parks tbody th');
    expect(names.length).toBeGreaterThanOrEqual(40);
    const [first] = page.hrefs('.parks tbody td.number a');
    expect(await totalOf(first!)).toBe(Number(page.texts('.parks tbody td.number')[0]));
  });

  it('is sorted by a click on each head, and turned round by a second one', async () => {
    for (const sort of ['name', 'place', 'type', 'articles']) {
      const sorted = await open(`/parks?sort=${sort}`);
      const head = sorted.all('thead [aria-sort] a');
      expect(head).toHaveLength(1);
      const turned = await open(head[0]!.getAttribute('href')!);
      expect(turned.texts('.parks tbody th')).toEqual(sorted.texts('.parks tbody th').reverse());
    }
  });

  it.each(['贵阳高新', 'guiyang', 'gygxq', '貴陽高新'])('finds a park by %s', async (typed) => {
    const page = await open(`/parks?q=${encodeURIComponent(typed)}`);
    expect(page.texts('.parks tbody th')).toContain('贵阳高新区');
    expect(page.texts('.parks tbody th')).not.toContain('合肥高新区');
  });

  it('charts the provinces, each leading to its parks', async () => {
    const page = await open('/parks');
    const [chart] = page.all('.chart svg');
    expect(chart!.getAttribute('aria-label')).toContain('各省');
    const tiles = [...chart!.querySelectorAll('a')];
    expect(tiles.length).toBe(Object.keys(figures(page)).length);
    const guizhou = tiles.find((tile) => tile.getAttribute('aria-label')!.startsWith('贵州'))!;
    const parks = (await open(guizhou.getAttribute('href')!)).texts('.parks tbody td:nth-child(2)');
    expect(parks.length).toBeGreaterThan(0);
    for (const place of parks) expect(place).toContain('贵州');
    const [, articles] = figures(page)['贵州']!;
    expect(await totalOf(`/search?province=${encodeURIComponent('贵州')}`)).toBe(articles);
  });

  it('says so when no park fits', async () => {
    const page = await open('/parks?q=%E7%81%AB%E6%98%9F');
    expect(page.texts('.notice')[0]).toContain('火星');
  });
});

describe('/parks/:id', () => {
  const address = '/parks/guiyang-gaoxinqu';

  it('shows the stories over time, by year and by month, as many as a search finds', async () => {
    for (const step of ['year', 'month']) {
      const page = await open(`${address}?by=${step}`);
      expect(page.all('.chart svg')).toHaveLength(2);
      const cells = page.all('.chart tbody td a');
      expect(cells.length).toBeGreaterThan(1);
      const busiest = cells.reduce((a, b) =>
        Number(b.textContent) > Number(a.textContent) ? b : a,
      );
      expect(await totalOf(busiest.getAttribute('href')!)).toBe(Number(busiest.textContent));
    }
  });

  it('names words that tell its articles from the others, and leads to those that hold them', async () => {
    const page = await open('/parks/donghu-gaoxinqu');
    const hrefs = page.hrefs('.tiles a').filter((href) => href.includes('q=%22'));
    expect(hrefs.length).toBeGreaterThanOrEqual(5);
    const words = page.texts('.tiles a bdi');
    for (const own of ['武汉', '东湖', '高新区', '光谷']) expect(words).not.toContain(own);
    const articles = await totalOf('/search?park=donghu-gaoxinqu');
    for (const href of hrefs.slice(0, 3)) {
      const word = new URLSearchParams(href.split('?')[1]).get('q')!;
      const here = await totalOf(href);
      const elsewhere = (await totalOf(`/search?q=${encodeURIComponent(word)}`)) - here;
      expect(here / articles, word).toBeGreaterThan(elsewhere / (148 - articles));
    }
  });

  it('names the parks beside it with the number of common articles, and compares', async () => {
    const page = await open('/parks/donghu-gaoxinqu');
    const compared = page.hrefs('a[href^="/compare?"]');
    expect(compared).toContain('/compare?park=donghu-gaoxinqu');
    const both = compared.filter((href) => href.includes('&park='));
    expect(both.length).toBeGreaterThan(0);
    expect((await open(both[0]!)).all('.chips .chip')).toHaveLength(2);
  });

  it('answers 404 for a park that no article names and 400 for a step that is none', async () => {
    expect((await get('/parks/nowhere')).status).toBe(404);
    expect((await get(`${address}?by=week`)).status).toBe(400);
  });
});

describe('/compare', () => {
  const pair = '/compare?park=guiyang-gaoxinqu&park=donghu-gaoxinqu';

  it('counts each park over time as a search does', async () => {
    const page = await open(`${pair}&by=year`);
    const { '2022年': counts } = figures(page);
    expect(counts).toEqual([
      await totalOf('/search?park=guiyang-gaoxinqu&year=2022'),
      await totalOf('/search?park=donghu-gaoxinqu&year=2022'),
    ]);
    expect(page.all('.chart svg')[0]!.querySelectorAll('title').length).toBeGreaterThan(4);
  });

  it('counts only what fits the search, and its links keep it', async () => {
    const page = await open(`${pair}&by=year&q=${encodeURIComponent('企业')}`);
    const all = await open(`${pair}&by=year`);
    const sum = (opened: Opened) =>
      Object.values(figures(opened))
        .flat()
        .reduce((a, b) => a + b, 0);
    expect(sum(page)).toBeGreaterThan(0);
    expect(sum(page)).toBeLessThan(sum(all));
    const cell = page.all('.chart tbody td a').find((one) => one.textContent !== '0')!;
    expect(await totalOf(cell.getAttribute('href')!)).toBe(Number(cell.textContent));
  });

  it('shows a change of the query and undoes it', async () => {
    const page = await open(`${pair}&q=${encodeURIComponent('企業')}`);
    expect(page.texts('.rewrites li')[0]).toContain('企业');
    const undone = await open(page.hrefs('.rewrites a')[0]!);
    expect(undone.all('.rewrites')).toEqual([]);
  });

  it('adds a park by name or initials, asks where several fit, and takes one away', async () => {
    const added = await get(`/compare?park=donghu-gaoxinqu&add=gygxq`);
    expect(added.status).toBe(302);
    expect(added.headers.get('location')).toBe(
      '/compare?park=donghu-gaoxinqu&park=guiyang-gaoxinqu',
    );
    const several = await open(`/compare?add=${encodeURIComponent('贵州')}`);
    expect(several.hrefs('.tiles a')).toContain('/compare?park=guiyang-gaoxinqu');
    const page = await open(pair);
    expect(page.hrefs('.chip a[aria-label]')).toContain('/compare?park=donghu-gaoxinqu');
  });

  it('offers parks when none is named, and refuses a seventh', async () => {
    const empty = await open('/compare');
    expect(empty.all('.tiles a').length).toBeGreaterThan(3);
    expect(empty.all('svg')).toEqual([]);
    const seven = Array.from({ length: 7 }, (_, at) => `park=p${at}`).join('&');
    expect((await get(`/compare?${seven}`)).status).toBe(400);
  });

  it('shows what a person typed as text, and no style or script of its own', async () => {
    const typed = encodeURIComponent('"><img src=x onerror=alert(1)>');
    const page = await open(
      `/compare?park=${typed}&park=guiyang-gaoxinqu&q=${typed}&literal=${typed}`,
    );
    expect(page.all('main img, style, [style], script:not([src])')).toEqual([]);
  });
});
