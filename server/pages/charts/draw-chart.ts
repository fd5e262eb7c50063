import { createRequire } from 'node:module';
import type { EChartsOption, init } from 'echarts';

/** The one-file build: the package's several hundred modules take seconds to load one by one. */
const BUILD = 'echarts/dist/echarts.common.min.js';

let library: { readonly init: typeof init } | undefined;

/**
 * The chart as an SVG document, `width` by `height` pixels, without a browser. Loads the library at the
 * first call. What it returns is foreign text: {@link ./chart-svg.ts} makes HTML of it.
 */
export function drawChart(option: EChartsOption, width: number, height: number): string {
  // The file has no types of its own; its exports are the package's.
  library ??= createRequire(import.meta.url)(BUILD) as { readonly init: typeof init };
  const chart = library.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
