import { groupDigits } from '../../html/labels.ts';
import type { SafeHtml } from '../../html/safe-html.ts';
import { chartFigure } from './chart-figure.ts';
import { chartTable } from './chart-table.ts';
import { GRID, countAxis, periodAxis } from './chart-style.ts';

export interface BarChartView {
  readonly label: string;
  readonly bars: readonly {
    /** `2022` or `2022-03` */
    readonly period: string;
    readonly count: number;
    /** The articles of that time. */
    readonly href: string;
  }[];
}

/** Articles over time as bars that lead to the articles. */
export function barChart({ label, bars }: BarChartView): SafeHtml {
  return chartFigure({
    label,
    wide: { width: 672, height: 220 },
    size: { width: 328, height: 200 },
    option: () => ({
      grid: GRID,
      xAxis: periodAxis(
        bars.map(({ period }) => period),
        true,
      ),
      yAxis: countAxis(),
      series: [
        {
          type: 'bar',
          data: bars.map(({ count }) => count),
          barMaxWidth: 40,
          barCategoryGap: '25%',
          clip: false,
          itemStyle: { color: 'var(--bar)' },
        },
      ],
    }),
    meaning: (_series, index) => {
      const bar = bars[index];
      return bar && { title: `${bar.period}：${groupDigits(bar.count)} 篇`, href: bar.href };
    },
    table: chartTable({
      label,
      columns: [{ text: '时间' }, { text: '报道' }],
      rows: bars.map(({ period, count, href }) => ({
        head: { text: period },
        figures: [{ count, href }],
      })),
    }),
  });
}
