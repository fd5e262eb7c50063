import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { barChart } from '../../../../server/pages/charts/bar-chart.ts';
import { chartSvg } from '../../../../server/pages/charts/chart-svg.ts';
import { drawChart } from '../../../../server/pages/charts/draw-chart.ts';
import { lineChart } from '../../../../server/pages/charts/line-chart.ts';

const NOTHING = { label: 'x', meaning: () => undefined };
const all = (page: string, selector: string): Element[] => [
  ...parseHTML(`<body>${page}</body>`).document.querySelectorAll(selector),
];

function drawnLabel(label: string): string {
  const axis = { type: 'category' as const, data: [label], axisLabel: { interval: 0 } };
  const option = { xAxis: axis, yAxis: {}, series: [{ type: 'bar' as const, data: [1] }] };
  return chartSvg(drawChart(option, 2000, 200), { ...NOTHING, label });
}

describe('chartSvg', () => {
  it.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '&lt;b&gt; & <b>'])(
    'shows %s in a label as text',
    (label) => {
      const svg = drawnLabel(label);
      expect(all(svg, 'script, img, b')).toEqual([]);
      expect(all(svg, 'text').map((one) => one.textContent)).toContain(label);
      expect(all(svg, 'svg')[0]!.getAttribute('aria-label')).toBe(label);
    },
  );

  it('has the same tags and attributes whatever a label says', () => {
    const skeleton = (svg: string) =>
      all(svg, '*').map((one) => `${one.tagName} ${one.getAttributeNames().join(' ')}`);
    const expected = skeleton(drawnLabel('xyx'));
    const letters = fc.constantFrom(...Array.from('<>&"\'/=;:贵a \u202e'));
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 30 }), (word) => {
        expect(skeleton(drawnLabel(`x${word}x`))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a style sheet', '<style>*{display:none}</style>'],
    ['foreign content', '<foreignObject><iframe src="https://x"/></foreignObject>'],
    ['an image', '<image href="https://x/y.png"/>'],
    ['a link', '<a href="javascript:alert(1)"><text>x</text></a>'],
  ])('leaves out %s, even if the library drew it', (_, element) => {
    const svg = chartSvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${element}<path d="M0 0"/></svg>`,
      NOTHING,
    );
    expect(all(svg, 'body > *, svg *').map(({ tagName }) => tagName.toLowerCase())).toEqual([
      'svg',
      'path',
    ]);
  });

  it('keeps no attribute that the policy forbids or that reaches outside', () => {
    const svg = chartSvg(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text onclick="x()" class="a" id="b" ' +
        'style="font-size:12px;background:url(https://x)" href="https://x">1</text></svg>',
      NOTHING,
    );
    expect(all(svg, 'text')[0]!.getAttributeNames()).toEqual(['font-size']);
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
});
