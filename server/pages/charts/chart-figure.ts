import type { EChartsOption } from 'echarts';
import { html, text } from '../../html/safe-html.ts';
import type { SafeHtml } from '../../html/safe-html.ts';
import { chartSvg } from './chart-svg.ts';
import type { ChartSvgView } from './chart-svg.ts';
import { drawChart } from './draw-chart.ts';

/** A drawing's size in pixels. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

export interface ChartFigureView extends ChartSvgView {
  /** Narrow enough for a telephone, on which the letters of a wide drawing could not be read. */
  readonly size: ChartSize;
  /** Where there is room; without it the narrow one is all. */
  readonly wide?: ChartSize;
  readonly option: (size: ChartSize) => EChartsOption;
  /** The same figures as a `<table>`. */
  readonly table: SafeHtml;
}

/** A chart as a drawing, with its data as a table to unfold. */
export function chartFigure(view: ChartFigureView): SafeHtml {
  const draw = (drawn: ChartSize): SafeHtml =>
    chartSvg(drawChart(view.option(drawn), drawn.width, drawn.height), view);
  const { size, wide } = view;
  return html`<figure class="chart">
    <figcaption>${text(view.label)}</figcaption>
    ${wide !== undefined && html`<div class="wide">${draw(wide)}</div>`}
    <div class="${text(wide === undefined ? 'only' : 'narrow')}">${draw(size)}</div>
    <details>
      <summary>数据表</summary>
      <div class="scroll">${view.table}</div>
    </details>
  </figure>`;
}
