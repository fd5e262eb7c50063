import type { FacetValue, Histogram, SearchRequest, SearchResponse } from '../api/search-schema.ts';
import { chineseDate } from './date-text.ts';
import { valueLinks } from './facets.ts';
import { hiddenFields, list } from './page-parts.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import { requestFields, searchHref } from '../html/search-links.ts';
import { groupDigits, RANGE_LABELS } from '../html/labels.ts';

/** When: a histogram, the same as a list of links, and two fields for any other range. */
export function dateFacet(request: SearchRequest, { facets, histogram }: SearchResponse): SafeHtml {
  const newestFirst = (a: FacetValue, b: FacetValue) => (a.value < b.value ? 1 : -1);
  const links = { year: valueLinks(request, 'year'), month: valueLinks(request, 'month') };
  const years = [...facets.year].sort(newestFirst).map((year) => {
    const months = facets.month.filter(({ value }) => value.startsWith(`${year.value}-`));
    return yearItem(links, year, months.sort(newestFirst).reverse());
  });
  return html`<details class="facet" open>
    <summary><h3>日期</h3></summary>
    ${dateHistogram(request, histogram)} ${rangeForm(request)}
    ${
      years.length > 0 &&
      html`<details class="more">
        <summary>按年月列出</summary>
        ${list(years, 'years')}
      </details>`
    }
  </details>`;
}

function yearItem(
  links: Readonly<Record<'year' | 'month', ReturnType<typeof valueLinks>>>,
  year: FacetValue,
  months: readonly FacetValue[],
): SafeHtml {
  const link = links.year(year, chineseDate(year.value));
  if (months.length === 0) return html`<li>${link}</li>`;
  const open = (year.selected || months.some(({ selected }) => selected)) && html` open`;
  const items = months.map(
    (month) => html`<li>${links.month(month, `${Number(month.value.slice(5))}月`)}</li>`,
  );
  return html`<li>
    ${link}
    <details class="months" ${open}>
      <summary><span class="unseen">${text(chineseDate(year.value))}各月</span></summary>
      ${list(items)}
    </details>
  </li>`;
}

/** From and to, as exact as one likes: a year, a month or a day. */
function rangeForm(request: SearchRequest): SafeHtml {
  const kept = requestFields({ ...request, from: undefined, to: undefined, page: 1 });
  return html`<form class="range" action="/search" method="get">
    ${hiddenFields(kept)} ${dateField('from', request.from)} ${dateField('to', request.to)}
    <button type="submit">限定</button>
    <p class="hint">写作 2022、2022-03 或 2022-03-01</p>
  </form>`;
}

function dateField(name: 'from' | 'to', value: string | undefined): SafeHtml {
  return html`<label
    >${text(RANGE_LABELS[name])}
    <input
      name="${text(name)}"
      size="10"
      maxlength="10"
      inputmode="numeric"
      pattern="[0-9]{4}(-[0-9]{2}){0,2}"
      title="2022、2022-03 或 2022-03-01"
      placeholder="2022-03"
      value="${text(value ?? '')}"
  /></label>`;
}

const HEIGHT = 100;
/** Width and distance of a bar, in units of the drawing. */
const BAR = 10;
const STEP = 12;

/**
 * Articles over time as bars; each is a link that narrows the search to its time, and a drag over
 * several narrows it to all of theirs (`browser/date-drag.ts`). Null when nothing is dated.
 */
function dateHistogram(request: SearchRequest, { unit, bars }: Histogram): SafeHtml | null {
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

const ALL_TIME = { year: [], month: [], from: undefined, to: undefined };

/** One date filter in place of all others. */
function narrowedTo(value: string): Partial<SearchRequest> {
  if (value.length === 4) return { ...ALL_TIME, year: [value] };
  return value.length === 7
    ? { ...ALL_TIME, month: [value] }
    : { ...ALL_TIME, from: value, to: value };
}

/** One step back out: from days to their year, from there to all years. */
function wider(request: SearchRequest, unit: Histogram['unit']): SafeHtml | null {
  const { year, month, from, to } = request;
  if (year.length + month.length === 0 && from === undefined && to === undefined) return null;
  const inYear = (month[0] ?? from)?.slice(0, 4);
  return unit === 'day' && inYear !== undefined
    ? html`<a href="${text(searchHref(request, { ...ALL_TIME, year: [inYear] }))}"
        >看 ${text(inYear)} 全年</a
      >`
    : html`<a href="${text(searchHref(request, ALL_TIME))}">看全部年份</a>`;
}
