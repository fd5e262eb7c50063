import { groupDigits } from '../../html/labels.ts';
import { html, text } from '../../html/safe-html.ts';
import type { SafeHtml } from '../../html/safe-html.ts';
import { chartFigure } from './chart-figure.ts';
import { chartTable } from './chart-table.ts';
import { GRID, LINE_STYLES, countAxis, periodAxis } from './chart-style.ts';

export interface LineChartView {
  readonly label: string;
  /** `2022` or `2022-03`, every one between the first and the last. */
  readonly periods: readonly string[];
  /** One for each of {@link LINE_STYLES} at most. */
  readonly lines: readonly {
    readonly name: string;
    /** One for each period. */
    readonly counts: readonly number[];
    /** The articles of that line and time. */
    readonly href: (period: string) => string;
  }[];
}

/** With more periods than this, only the lines are drawn, not each point of them. */
const MOST_POINTS = 60;

/** Several counts over time. The lines' names stand outside, in the order of {@link LINE_STYLES}. */
export function lineChart({ label, periods, lines }: LineChartView): SafeHtml {
  return chartFigure({
    label,
    wide: { width: 1120, height: 340 },
    size: { width: 328, height: 260 },
    option: () => ({
      grid: GRID,
      xAxis: periodAxis(periods, false),
      yAxis: countAxis(),
      series: lines.map(({ name, counts }, index) => {
        const { color, symbol, dashes } = LINE_STYLES[index % LINE_STYLES.length]!;
        return {
          type: 'line',
          name,
          data: [...counts],
          clip: false,
          symbol,
          symbolSize: 8,
          showSymbol: periods.length <= MOST_POINTS,
          itemStyle: { color },
          lineStyle: { color, width: 2, type: [...dashes] },
        };
      }),
    }),
    meaning: (series, index) => {
      const line = lines[series];
      const period = periods[index];
      if (line === undefined || period === undefined) return undefined;
      return { title: `${line.name} ${period}：${groupDigits(line.counts[index] ?? 0)} 篇` };
    },
    table: chartTable({
      label,
      columns: [{ text: '时间' }, ...lines.map(({ name }) => ({ text: name, isName: true }))],
      rows: periods.map((period, index) => ({
        head: { text: period },
        figures: lines.map(({ counts, href }) => ({
          count: counts[index] ?? 0,
          href: href(period),
        })),
      })),
    }),
  });
}

/** A short stroke in the look of the n-th line, for its name. */
export function lineSample(index: number): SafeHtml {
  const { color, dashes } = LINE_STYLES[index % LINE_STYLES.length]!;
  return html`<svg class="sample" viewBox="0 0 28 8" aria-hidden="true">
    <path
      d="M0 4H28"
      stroke="${text(color)}"
      stroke-width="2.5"
      stroke-dasharray="${text(dashes.join(' '))}"
    />
  </svg>`;
}
