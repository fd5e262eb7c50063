import type { GridComponentOption, XAXisComponentOption, YAXisComponentOption } from 'echarts';
import { groupDigits } from '../../html/labels.ts';

/** Colours are those of the style sheet, so that a chart follows the page into the dark. */
const INK = 'var(--soft)';
const LINE = 'var(--line)';
const FONT_SIZE = 12;

/** The look of each line: told apart by its dashes as well, for those who see no colours. */
export const LINE_STYLES = [
  { color: 'var(--series-1)', symbol: 'circle', dashes: [0] },
  { color: 'var(--series-2)', symbol: 'rect', dashes: [7, 3] },
  { color: 'var(--series-3)', symbol: 'triangle', dashes: [2, 2] },
  { color: 'var(--series-4)', symbol: 'diamond', dashes: [9, 3, 2, 3] },
  { color: 'var(--series-5)', symbol: 'roundRect', dashes: [4, 2] },
  { color: 'var(--series-6)', symbol: 'arrow', dashes: [12, 4] },
] as const;

/** Room for five digits at the left and one line of labels below. */
export const GRID: GridComponentOption = { left: 48, right: 14, top: 14, bottom: 30 };

export function periodAxis(periods: readonly string[], gaps: boolean): XAXisComponentOption {
  return {
    type: 'category',
    data: [...periods],
    boundaryGap: gaps,
    axisLine: { lineStyle: { color: LINE } },
    axisTick: { show: false },
    axisLabel: { color: INK, fontSize: FONT_SIZE, hideOverlap: true },
  };
}

/** A scale of whole numbers from 0. */
export function countAxis(): YAXisComponentOption {
  return {
    type: 'value',
    min: 0,
    minInterval: 1,
    splitLine: { lineStyle: { color: LINE } },
    axisLabel: {
      color: INK,
      fontSize: FONT_SIZE,
      formatter: (count: number) => groupDigits(count),
    },
  };
}
