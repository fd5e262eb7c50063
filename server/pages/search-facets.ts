import type { FacetName, FacetValue, SearchRequest, SearchResponse } from '../api/search-schema.ts';
import { chineseDate } from './date-text.ts';
import { FACET_LABELS, groupDigits } from './labels.ts';
import { hiddenFields } from './layout.ts';
import { html, text } from './safe-html.ts';
import type { SafeHtml } from './safe-html.ts';
import { requestFields, serializeRequest, toggleFacet, withQuery } from './search-links.ts';

const SHOWN = 12;

/** The column that narrows the results: parks, provinces, types, sources, dates, kinds. */
export function facetColumn(request: SearchRequest, response: SearchResponse): SafeHtml {
  const { facets } = response;
  const plain = (facet: FacetName) =>
    facetGroup(FACET_LABELS[facet], valueList(request, facet, facets[facet]), facets[facet].length);
  return html`<aside class="facets" id="facets" aria-labelledby="facets-title">
    <h2 id="facets-title">缩小范围</h2>
    ${plain('park')} ${plain('province')} ${plain('type')} ${plain('source')}
    ${dateGroup(request, response)} ${plain('kind')}
  </aside>`;
}

function facetGroup(label: string, body: SafeHtml, values: number): SafeHtml | null {
  if (values === 0) return null;
  return html`<details class="facet" open>
    <summary><h3>${text(label)}</h3></summary>
    ${body}
  </details>`;
}

/** The first values in sight (and every chosen one), the others folded. */
function valueList(
  request: SearchRequest,
  facet: FacetName,
  values: readonly FacetValue[],
): SafeHtml {
  const shown = values.filter((value, index) => index < SHOWN || value.selected);
  const folded = values.filter((value, index) => index >= SHOWN && !value.selected);
  const item = (value: FacetValue) =>
    html`<li>${valueLink(request, facet, value, value.label)}</li>`;
  const more =
    folded.length > 0 &&
    html`<details class="more">
      <summary>其余 ${text(folded.length)} 个</summary>
      <ul>
        ${folded.map(item)}
      </ul>
    </details>`;
  return html`<ul>
      ${shown.map(item)}
    </ul>
    ${more}`;
}

function valueLink(
  request: SearchRequest,
  facet: FacetName,
  { value, count, selected }: FacetValue,
  label: string,
): SafeHtml {
  const href = withQuery('/search', serializeRequest(toggleFacet(request, facet, value)));
  return html`<a href="${text(href)}" ${selected && html` aria-current="true"`}
    ><bdi>${text(label)}</bdi> <span class="count">${text(groupDigits(count))}</span></a
  >`;
}

function dateGroup(request: SearchRequest, { facets }: SearchResponse): SafeHtml {
  const newestFirst = (a: FacetValue, b: FacetValue) => (a.value < b.value ? 1 : -1);
  const years = [...facets.year].sort(newestFirst).map((year) => {
    const months = facets.month.filter(({ value }) => value.startsWith(`${year.value}-`));
    return yearItem(request, year, months.sort(newestFirst).reverse());
  });
  return html`<details class="facet" open>
    <summary><h3>日期</h3></summary>
    <ul class="years">
      ${years}
    </ul>
    ${rangeForm(request)}
  </details>`;
}

function yearItem(
  request: SearchRequest,
  year: FacetValue,
  months: readonly FacetValue[],
): SafeHtml {
  const link = valueLink(request, 'year', year, chineseDate(year.value));
  if (months.length === 0) return html`<li>${link}</li>`;
  const open = (year.selected || months.some(({ selected }) => selected)) && html` open`;
  const items = months.map(
    (month) =>
      html`<li>${valueLink(request, 'month', month, `${Number(month.value.slice(5))}月`)}</li>`,
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
