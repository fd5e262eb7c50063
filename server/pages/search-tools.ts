import { EXPORT_FORMATS } from '../../indexer/documents/export-formats.ts';
import {
  PAGE_SIZES,
  FACETS,
  type SearchRequest,
  type FacetName,
  type FacetValue,
  type SearchResponse,
} from '../api/search-schema.ts';
import {
  EXPORT_LABELS,
  SORT_LABELS,
  FACET_LABELS,
  groupDigits,
  RANGE_LABELS,
} from '../html/labels.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import {
  exportHref,
  searchHref,
  serializeRequest,
  EMPTY_REQUEST,
  requestFields,
} from '../html/search-links.ts';
import { facetGroup, facetValueName } from './facets.ts';
import { hiddenFields, optionItem, list } from './page-parts.ts';
import { LAST_PAGE } from './pager.ts';

const SORTS = Object.keys(SORT_LABELS) as SearchRequest['sort'][];
const LONGEST_NAME = 100;

/** Sort orders and page sizes as links, the present ones marked. */
export function resultOptions(request: SearchRequest): SafeHtml {
  const sorts = SORTS.map((sort) =>
    optionItem(SORT_LABELS[sort], searchHref(request, { sort }), sort === request.sort),
  );
  const sizes = PAGE_SIZES.map((size) =>
    optionItem(String(size), searchHref(request, { size }), size === request.size),
  );
  return html`<div class="options">
    <div>
      <p id="sort-label">排序</p>
      <ul aria-labelledby="sort-label">
        ${sorts}
      </ul>
    </div>
    <div>
      <p id="size-label">每页篇数</p>
      <ul aria-labelledby="size-label">
        ${sizes}
      </ul>
    </div>
    <p class="to-facets"><a href="#facets">筛选 ↓</a></p>
  </div>`;
}

/** Saves the search under a name; the answer to the form is a page with its link and feeds. */
export function saveForm(request: SearchRequest): SafeHtml {
  const name = request.q.trim().slice(0, LONGEST_NAME);
  return html`<form class="save" method="post" action="/saved">
    <label for="save-name">保存这一检索</label>
    <input
      id="save-name"
      name="name"
      required
      maxlength="${text(LONGEST_NAME)}"
      ${name === '' ? html`value="我的检索" translate="yes"` : html`value="${text(name)}"`}
    />
    <input type="hidden" name="query" value="${text(serializeRequest({ ...request, page: 1 }))}" />
    <button type="submit">保存</button>
    <p class="hint">得到一个固定链接和可以订阅的 Atom、JSON 更新源，有新报道时阅读器会告诉您。</p>
  </form>`;
}

/** The complete result list as a file. */
export function exportLinks(request: SearchRequest): SafeHtml {
  const links = EXPORT_FORMATS.map(
    (format) =>
      html`<li>
        <a href="${text(exportHref(request, format))}" download>${text(EXPORT_LABELS[format])}</a>
      </li>`,
  );
  return exportBlock(links);
}

function exportBlock(formats: readonly SafeHtml[]): SafeHtml {
  return html`<div class="export">
    <p id="export-label">导出全部结果（按日期排列）</p>
    <ul aria-labelledby="export-label">
      ${formats}
    </ul>
  </div>`;
}

/** Of a facet so many values, and the chosen ones. */
const SHOWN = 50;
const FORM = 'again';

/**
 * What a search that is too long for links goes on with: it stands on the page once, and every other search
 * is a button or a box of this form. The addresses are the same as those of links.
 */
export function againForm(request: SearchRequest): SafeHtml {
  const { q, literal, sort, size } = request;
  return html`<form id="${text(FORM)}" action="/search" method="get">
    ${hiddenFields(requestFields({ ...EMPTY_REQUEST, q, literal, sort, size }))}
  </form>`;
}

/** The same search with one field more, or another value of it: what comes last in a form counts. */
export function againButton(name: keyof SearchRequest | 'format', value: string, label: string) {
  const action = name === 'format' && html` formaction="/api/export"`;
  return html`<button
    class="link"
    form="${text(FORM)}"
    name="${text(name)}"
    value="${text(value)}"
    ${action}
  >
    ${text(label)}
  </button>`;
}

/** Sort orders and page sizes; the present ones are no buttons. */
export function longOptions(request: SearchRequest): SafeHtml {
  const sorts = (Object.keys(SORT_LABELS) as SearchRequest['sort'][])
    .filter((sort) => sort !== request.sort)
    .map((sort) => html`<li>${againButton('sort', sort, SORT_LABELS[sort])}</li>`);
  const sizes = PAGE_SIZES.filter((size) => size !== request.size).map(
    (size) => html`<li>${againButton('size', String(size), `每页 ${size} 篇`)}</li>`,
  );
  return list([...sorts, ...sizes], 'options');
}

/** To the page before and the one after; nothing when all fits on one. */
export function longPager({ page, size }: SearchRequest, total: number): SafeHtml | null {
  const pages = Math.min(Math.ceil(total / size), LAST_PAGE);
  if (pages <= 1) return null;
  return html`<nav class="pager" aria-label="分页">
    ${page > 1 && againButton('page', String(Math.min(page - 1, pages)), '上一页')}
    ${page < pages && againButton('page', String(page + 1), '下一页')}
  </nav>`;
}

/** The complete result list as a file. */
export function longExports(): SafeHtml {
  const formats = Object.entries(EXPORT_LABELS).map(
    ([format, label]) => html`<li>${againButton('format', format, label)}</li>`,
  );
  return exportBlock(formats);
}

/** The column that narrows the results: boxes to tick instead of links. */
export function longFacets(request: SearchRequest, { facets }: SearchResponse): SafeHtml {
  const dates = (['from', 'to'] as const).map(
    (name) =>
      html`<label
        >${text(RANGE_LABELS[name])}
        <input
          form="${text(FORM)}"
          name="${text(name)}"
          size="10"
          maxlength="10"
          value="${text(request[name] ?? '')}"
      /></label>`,
  );
  return html`<aside class="facets" id="facets" aria-labelledby="facets-title">
    <h2 id="facets-title">缩小范围</h2>
    <p class="range">${dates} <button form="${text(FORM)}">限定</button></p>
    ${FACETS.flatMap((facet) => boxes(facet, facets[facet]) ?? [])}
  </aside>`;
}

function boxes(facet: FacetName, values: readonly FacetValue[]): SafeHtml | null {
  const items = values
    .filter(({ selected }, at) => selected || at < SHOWN)
    .map(
      ({ value, label, count, selected }) =>
        html`<li>
          <label
            ><input
              type="checkbox"
              form="${text(FORM)}"
              name="${text(facet)}"
              value="${text(value)}"
              ${selected && html` checked`}
            />
            ${facetValueName(facet, label)}
            <span class="count">${text(groupDigits(count))}</span></label
          >
        </li>`,
    );
  return facetGroup(FACET_LABELS[facet], list(items), items.length);
}
