import { groupDigits } from '../../html/labels.ts';
import { html, text, type SafeHtml } from '../../html/safe-html.ts';
import { chartFigure, rectangle, rounded, type ChartSize } from './chart-figure.ts';

/** Room for five digits at the left and one line of labels below. */
const MARGIN = { left: 48, right: 14, top: 14, bottom: 30 };
/** Of 12 pixels, a digit's width being about 7 and a Chinese character's 12. */
const LETTER_WIDTH = 8;
const MOST_BAR_WIDTH = 40;
/** With more periods than this, only the lines are drawn, not each point of them. */
const MOST_POINTS = 60;

/** The look of each line: told apart by its dashes and points as well, for those who see no colours. */
const LINE_STYLES = [
  { color: 'var(--series-1)', dashes: '0', point: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0' },
  { color: 'var(--series-2)', dashes: '7 3', point: 'M-3.5-3.5h7v7h-7z' },
  { color: 'var(--series-3)', dashes: '2 2', point: 'M0-4L4.5 4h-9z' },
  { color: 'var(--series-4)', dashes: '9 3 2 3', point: 'M0-5L5 0L0 5L-5 0z' },
  { color: 'var(--series-5)', dashes: '4 2', point: 'M0 4L4.5-4h-9z' },
  { color: 'var(--series-6)', dashes: '12 4', point: 'M-4-2L0-5L4-2V2L0 5L-4 2z' },
] as const;

interface BarChart {
  readonly label: string;
  readonly bars: readonly {
    /** `2022年` or `2022年3月` */
    readonly period: string;
    readonly count: number;
    /** The articles of that time. */
    readonly href: string;
  }[];
}

/** Articles over time as bars that lead to the articles. */
export function barChart({ label, bars }: BarChart): SafeHtml {
  const periods = bars.map(({ period }) => period);
  const most = Math.max(...bars.map(({ count }) => count));
  const draw = (size: ChartSize) => {
    const { slot, x, y, frame } = timeFrame(size, periods, most);
    const width = Math.min(MOST_BAR_WIDTH, slot * 0.75);
    const drawn = bars.map(({ period, count, href }, at) => {
      const name = `${period}：${groupDigits(count)} 篇`;
      const slotBox = rectangle(x(at) - slot / 2, y(most), slot, y(0) - y(most));
      const box = rectangle(x(at) - width / 2, y(count), width, y(0) - y(count));
      return html`<a href="${text(href)}" aria-label="${text(name)}"
        ><title>${text(name)}</title>
        <path class="slot" d="${text(slotBox)}" />
        <path fill="var(--bar)" d="${text(box)}"
      /></a>`;
    });
    return html`${frame}${drawn}`;
  };
  return chartFigure({
    label,
    sizes: { wide: { width: 672, height: 220 }, narrow: { width: 328, height: 200 } },
    draw,
    role: 'group',
    columns: [{ text: '时间' }, { text: '报道' }],
    rows: bars.map(({ period, ...figure }) => ({ head: { text: period }, figures: [figure] })),
  });
}

interface LineChart {
  readonly label: string;
  /** `2022年` or `2022年3月`, every one between the first and the last. */
  readonly periods: readonly string[];
  /** Six at most, as many as there are looks of them. */
  readonly lines: readonly {
    readonly name: string;
    /** One for each period. */
    readonly counts: readonly number[];
    /** The articles of that line and time. */
    readonly href: (period: string) => string;
  }[];
}

/** Several counts over time. The lines' names stand outside, in their order, each with its {@link lineSample}. */
export function lineChart({ label, periods, lines }: LineChart): SafeHtml {
  const most = Math.max(...lines.flatMap(({ counts }) => counts));
  const draw = (size: ChartSize) => {
    const { x, y, frame } = timeFrame(size, periods, most);
    const drawn = lines.map(({ name, counts }, index) => {
      const { color, dashes, point } = LINE_STYLES[index % LINE_STYLES.length]!;
      const places = counts.map((count, at) => `${x(at)} ${y(count)}`);
      const points = counts.map((count, at) => {
        const words = `${name} ${periods[at]!}：${groupDigits(count)} 篇`;
        return html`<g fill="${text(color)}" transform="translate(${text(places[at]!)})">
          <title>${text(words)}</title>
          <path d="${text(point)}" />
        </g>`;
      });
      const path = `M${places.join('L')}`;
      return html`<path
          class="line"
          stroke="${text(color)}"
          stroke-dasharray="${text(dashes)}"
          d="${text(path)}"
        />
        ${periods.length <= MOST_POINTS && points}`;
    });
    return html`${frame}${drawn}`;
  };
  return chartFigure({
    label,
    sizes: { wide: { width: 1120, height: 340 }, narrow: { width: 328, height: 260 } },
    draw,
    role: 'img',
    columns: [{ text: '时间' }, ...lines.map(({ name }) => ({ text: name, isName: true }))],
    rows: periods.map((period, at) => ({
      head: { text: period },
      figures: lines.map(({ counts, href }) => ({ count: counts[at] ?? 0, href: href(period) })),
    })),
  });
}

/** A short stroke with a point in the look of the n-th line, for its name. */
export function lineSample(index: number): SafeHtml {
  const { color, dashes, point } = LINE_STYLES[index % LINE_STYLES.length]!;
  return html`<svg class="sample" viewBox="0 0 28 10" aria-hidden="true">
    <path class="line" stroke="${text(color)}" stroke-dasharray="${text(dashes)}" d="M0 5H28" />
    <path fill="${text(color)}" d="${text(point)}" transform="translate(14 5)" />
  </svg>`;
}

/** A scale of whole numbers from 0 at the left and as many periods as fit below, with where things lie in it. */
function timeFrame({ width, height }: ChartSize, periods: readonly string[], most: number) {
  const [right, bottom] = [width - MARGIN.right, height - MARGIN.bottom];
  const step = scaleStep(most);
  const steps = Math.max(1, Math.ceil(most / step));
  const slot = (right - MARGIN.left) / periods.length;
  const x = (at: number) => rounded(MARGIN.left + (at + 0.5) * slot);
  const y = (count: number) => rounded(bottom - (count / (steps * step)) * (bottom - MARGIN.top));
  const scale = Array.from({ length: steps + 1 }, (_, at) => at * step);
  const labelWidth = LETTER_WIDTH * (Math.max(...periods.map(({ length }) => length)) + 1);
  const every = Math.ceil(labelWidth / slot);
  const grid = scale.map((count) => `M${MARGIN.left} ${y(count)}H${right}`).join('');
  const counts = scale.map((count) => {
    const words = groupDigits(count);
    return html`<text class="scale" x="40" y="${text(rounded(y(count) + 4))}"
      >${text(words)}</text
    >`;
  });
  const labels = periods.flatMap((period, at) =>
    at % every > 0 || x(at) + labelWidth / 2 > width + LETTER_WIDTH
      ? []
      : html`<text x="${text(x(at))}" y="${text(bottom + 18)}">${text(period)}</text>`,
  );
  const frame = html`<path class="grid" d="${text(grid)}" /> ${counts} ${labels}`;
  return { slot, x, y, frame };
}

/** 1, 2 or 5 times a power of ten, so that there are five lines or fewer: 37 → 10, 143 → 50. */
function scaleStep(most: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, most / 5))));
  return power * ([1, 2, 5].find((factor) => most <= 5 * factor * power) ?? 10);
}
