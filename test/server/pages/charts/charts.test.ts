import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { provinceChart } from '../../../../server/pages/charts/province-chart.ts';
import { barChart, lineChart } from '../../../../server/pages/charts/time-charts.ts';

const all = (page: string, selector: string): Element[] => [
  ...parseHTML(`<body>${page}</body>`).document.querySelectorAll(selector),
];

/** Each kind of chart with `word` wherever a name or a time can stand. */
const CHARTS: readonly { readonly kind: string; readonly draw: (word: string) => string }[] = [
  {
    kind: 'bar chart',
    draw: (word) =>
      barChart({ label: word, bars: [{ period: word, count: 1, href: `/search?q=${word}` }] }),
  },
  {
    kind: 'line chart',
    draw: (word) => {
      const lines = [{ name: word, counts: [1], href: () => `/search?q=${word}` }];
      return lineChart({ label: word, periods: [word], lines });
    },
  },
  {
    kind: 'province chart',
    draw: (word) => {
      const links = { href: `/parks?q=${word}`, articlesHref: `/search?q=${word}` };
      return provinceChart({
        label: word,
        tiles: [{ province: word, column: 0, row: 0 }],
        provinces: [{ province: word, parks: 1, articles: 1, ...links }],
      });
    },
  },
];

describe.each(CHARTS)('a $kind', ({ draw }) => {
  it.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '&lt;b&gt; & <b>'])(
    'shows %s in a label as text',
    (label) => {
      const chart = draw(label);
      expect(all(chart, 'script, img, b')).toEqual([]);
      expect(
        all(chart, 'svg title')
          .map((one) => one.textContent)
          .join(),
      ).toContain(label);
      expect(all(chart, 'svg')[0]!.getAttribute('aria-label')).toBe(label);
    },
  );

  it('has the same tags and attributes whatever a label says', () => {
    const skeleton = (svg: string) =>
      all(svg, '*').map((one) => `${one.tagName} ${one.getAttributeNames().join(' ')}`);
    const expected = skeleton(draw('xyx'));
    const letters = fc.constantFrom(...Array.from('<>&"\'/=;:贵a \u202e'));
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 30 }), (word) => {
        expect(skeleton(draw(`x${word}x`))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('is drawn with shapes and letters alone, without styles, scripts or what reaches outside', () => {
    const drawing = all(draw('贵阳'), 'svg *');
    const tags = drawing.map(({ tagName }) => tagName.toLowerCase());
    for (const tag of tags) expect(['a', 'g', 'path', 'text', 'title']).toContain(tag);
    const attributes = drawing.flatMap((one) => one.getAttributeNames());
    for (const name of attributes) expect(name).not.toMatch(/^(?:style|id|xlink:href|on.*)$/);
    for (const link of all(draw('贵阳'), 'svg a'))
      expect(link.getAttribute('href')).toMatch(/^\/(?:search|parks)\?/);
  });
});

describe('charts', () => {
  const bars = [
    { period: '2021年', count: 3, href: '/search?year=2021' },
    { period: '2022年', count: 0, href: '/search?year=2022' },
  ];

  it('link each bar to its articles and name it', () => {
    const chart = barChart({ label: '每年的报道', bars });
    for (const drawing of all(chart, 'svg')) {
      expect(drawing.getAttribute('role')).toBe('group');
      expect(drawing.getAttribute('aria-label')).toBe('每年的报道');
      const [first] = [...drawing.querySelectorAll('a')];
      expect(first!.getAttribute('href')).toBe('/search?year=2021');
      expect(first!.querySelector('title')!.textContent).toBe('2021年：3 篇');
    }
    expect(all(chart, 'svg')).toHaveLength(2);
  });

  it('say the same in their table', () => {
    const cells = all(barChart({ label: 'x', bars }), 'tbody tr').map((row) =>
      [...row.children].map((cell) => cell.textContent.trim()),
    );
    expect(cells).toEqual([
      ['2021年', '3'],
      ['2022年', '0'],
    ]);
  });

  it('draw a point for each count of each line, named', () => {
    const line = (name: string, counts: number[]) => ({ name, counts, href: () => '/search' });
    const chart = lineChart({
      label: 'x',
      periods: ['2021', '2022'],
      lines: [line('<b>甲</b>', [1, 2]), line('乙', [0, 1])],
    });
    const titles = [...all(chart, 'svg')[0]!.querySelectorAll('title')];
    expect(titles.map((title) => title.textContent)).toEqual([
      '<b>甲</b> 2021：1 篇',
      '<b>甲</b> 2022：2 篇',
      '乙 2021：0 篇',
      '乙 2022：1 篇',
    ]);
    expect(all(chart, 'b')).toEqual([]);
  });

  it.each([
    [0, ['0', '1']],
    [3, ['0', '1', '2', '3']],
    [37, ['0', '10', '20', '30', '40']],
    [143, ['0', '50', '100', '150']],
    [25_000, ['0', '5,000', '10,000', '15,000', '20,000', '25,000']],
  ])('measure %i on a scale of whole, round numbers', (count, expected) => {
    const chart = barChart({ label: 'x', bars: [{ period: '2022年', count, href: '/search' }] });
    const [drawing] = all(chart, 'svg');
    const scale = [...drawing!.querySelectorAll('.scale')].map((one) => one.textContent.trim());
    expect(scale).toEqual(expected);
  });

  it('leave out the labels of times for which there is no room', () => {
    const many = Array.from({ length: 240 }, (_, at) => ({
      period: `${2000 + Math.floor(at / 12)}年${(at % 12) + 1}月`,
      count: at,
      href: '/search',
    }));
    for (const drawing of all(barChart({ label: 'x', bars: many }), 'svg')) {
      const places = [...drawing.querySelectorAll('text:not(.scale)')].map((one) =>
        Number(one.getAttribute('x')),
      );
      expect(places.length).toBeGreaterThan(2);
      places.slice(1).forEach((place, at) => expect(place - places[at]!).toBeGreaterThan(70));
    }
  });
});
