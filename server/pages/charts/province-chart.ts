import type { ProvinceTile } from '../../../config/province-tiles.ts';
import { groupDigits } from '../../html/labels.ts';
import type { SafeHtml } from '../../html/safe-html.ts';
import { chartFigure } from './chart-figure.ts';
import type { ChartSize } from './chart-figure.ts';
import { chartTable } from './chart-table.ts';

export interface ProvinceChartView {
  readonly label: string;
  readonly tiles: readonly ProvinceTile[];
  /** Most articles first. */
  readonly provinces: readonly ProvinceCount[];
}

interface ProvinceCount {
  readonly province: string;
  readonly parks: number;
  readonly articles: number;
  /** The parks of the province. */
  readonly href: string;
  readonly articlesHref: string;
}

const GAP = 3;

/** The provinces as equal squares where they lie, the stronger the colour, the more is written about their parks. */
export function provinceChart({ label, tiles, provinces }: ProvinceChartView): SafeHtml {
  const counts = new Map(provinces.map((one) => [one.province, one]));
  const most = Math.max(1, ...provinces.map(({ articles }) => articles));
  const columns = 1 + Math.max(...tiles.map(({ column }) => column));
  const rows = 1 + Math.max(...tiles.map(({ row }) => row));

  const option = ({ width, height }: ChartSize) => ({
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: { type: 'value' as const, show: false, min: 0, max: columns },
    yAxis: { type: 'value' as const, show: false, min: 0, max: rows, inverse: true },
    series: [
      {
        type: 'scatter' as const,
        clip: false,
        symbol: 'rect',
        symbolSize: [width / columns - GAP, height / rows - GAP],
        data: tiles.map(({ province, column, row }) => {
          const articles = counts.get(province)?.articles ?? 0;
          return {
            name: province,
            value: [column + 0.5, row + 0.5],
            itemStyle: {
              color: articles === 0 ? 'var(--card)' : 'var(--bar)',
              opacity: articles === 0 ? 1 : shade(articles, most),
            },
            label: {
              show: true,
              color: articles === 0 ? 'var(--soft)' : 'var(--ink)',
              opacity: 1,
              fontSize: 12,
              lineHeight: 15,
              formatter: articles === 0 ? province : `${province}\n${groupDigits(articles)}`,
            },
          };
        }),
      },
    ],
  });

  return chartFigure({
    label,
    size: { width: 336, height: 342 },
    option,
    hasNames: true,
    meaning: (_series, index) => {
      const tile = tiles[index];
      const count = tile && counts.get(tile.province);
      if (count === undefined) return undefined;
      const { province, parks, articles, href } = count;
      return { title: `${province}：${parks} 个园区，${groupDigits(articles)} 篇`, href };
    },
    table: chartTable({
      label,
      columns: [{ text: '省份' }, { text: '园区' }, { text: '报道' }],
      rows: provinces.map(({ province, parks, articles, href, articlesHref }) => ({
        head: { text: province, href, isName: true },
        figures: [{ count: parks }, { count: articles, href: articlesHref }],
      })),
    }),
  });
}

/** By the square root, or one province far ahead would leave all others pale. */
function shade(articles: number, most: number): number {
  return Math.round((0.2 + 0.65 * Math.sqrt(articles / most)) * 100) / 100;
}
