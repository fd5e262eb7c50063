import type { Histogram, SearchRequest } from '../api/search-schema.ts';
import { chineseDate } from './date-text.ts';
import { groupDigits } from '../html/labels.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { searchHref } from '../html/search-links.ts';

const HEIGHT = 100;
/** Width and distance of a bar, in units of the drawing. */
const BAR = 10;
const STEP = 12;

/**
 * Articles over time as bars; each is a link that narrows the search to its time, and a drag over
 * several narrows it to all of theirs (`browser/date-drag.ts`). Null when nothing is dated.
 */
export function dateHistogram(request: SearchRequest, { unit, bars }: Histogram): SafeHtml | null {
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined) return null;
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const columns = bars.map(({ value, count }, index) => {
    const height = count === 0 ? 0 : Math.max(3, Math.round((count / most) * HEIGHT));
    return html`<a
      href="${text(searchHref(request, narrowedTo(value)))}"
      data-value="${text(value)}"
      aria-label="${text(`${chineseDate(value)}，${groupDigits(count)} 篇`)}"
      ><title>${text(`${chineseDate(value)} ${groupDigits(count)} 篇`)}</title>
      <rect class="slot" x="${text(index * STEP)}" width="${text(STEP)}" height="${text(HEIGHT)}" />
      <rect
        class="bar"
        x="${text(index * STEP + (STEP - BAR) / 2)}"
        y="${text(HEIGHT - height)}"
        width="${text(BAR)}"
        height="${text(height)}"
    /></a>`;
  });
  const ends =
    first === last
      ? chineseDate(first.value)
      : `${chineseDate(first.value)} – ${chineseDate(last.value)}`;
  return html`<figure class="histogram" data-unit="${text(unit)}">
    <svg
      role="group"
      aria-label="各${text(UNITS[unit])}篇数，点一条或拖选一段"
      viewBox="0 0 ${text(bars.length * STEP)} ${text(HEIGHT)}"
      preserveAspectRatio="none"
    >
      ${columns}
    </svg>
    <figcaption><span>${text(ends)}</span> ${wider(request, unit)}</figcaption>
  </figure>`;
}

const UNITS: Readonly<Record<Histogram['unit'], string>> = { year: '年', month: '月', day: '日' };

/** One date filter in place of all others. */
function narrowedTo(value: string): Partial<SearchRequest> {
  const open = { year: [], month: [], from: undefined, to: undefined };
  if (value.length === 4) return { ...open, year: [value] };
  return value.length === 7 ? { ...open, month: [value] } : { ...open, from: value, to: value };
}

/** One step back out: from days to their year, from there to all years. */
function wider(request: SearchRequest, unit: Histogram['unit']): SafeHtml | null {
  const { year, month, from, to } = request;
  if (year.length + month.length === 0 && from === undefined && to === undefined) return null;
  const open = { year: [], month: [], from: undefined, to: undefined };
  const inYear = (month[0] ?? from)?.slice(0, 4);
  return unit === 'day' && inYear !== undefined
    ? html`<a href="${text(searchHref(request, { ...open, year: [inYear] }))}"
        >看 ${text(inYear)} 全年</a
      >`
    : html`<a href="${text(searchHref(request, open))}">看全部年份</a>`;
}
