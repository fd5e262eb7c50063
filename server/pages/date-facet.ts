import type { FacetValue, SearchRequest, SearchResponse } from '../api/search-schema.ts';
import { dateHistogram } from './date-histogram.ts';
import { chineseDate } from './date-text.ts';
import { valueLinks } from './facet-value.ts';
import { hiddenFields } from './layout.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { requestFields } from '../html/search-links.ts';

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
        <ul class="years">
          ${years}
        </ul>
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
      <ul>
        ${items}
      </ul>
    </details>
  </li>`;
}

/** From and to, as exact as one likes: a year, a month or a day. */
function rangeForm(request: SearchRequest): SafeHtml {
  const kept = requestFields({ ...request, from: undefined, to: undefined, page: 1 });
  return html`<form class="range" action="/search" method="get">
    ${hiddenFields(kept)} ${dateField('from', '起', request.from)}
    ${dateField('to', '止', request.to)}
    <button type="submit">限定</button>
    <p class="hint">写作 2022、2022-03 或 2022-03-01</p>
  </form>`;
}

function dateField(name: 'from' | 'to', label: string, value: string | undefined): SafeHtml {
  return html`<label
    >${text(label)}
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
