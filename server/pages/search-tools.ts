import { EXPORT_FORMATS } from '../../indexer/documents/export-formats.ts';
import { PAGE_SIZES } from '../api/search-schema.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { EXPORT_LABELS, SORT_LABELS } from '../html/labels.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { exportHref, searchHref, serializeRequest } from '../html/search-links.ts';

const SORTS = Object.keys(SORT_LABELS) as SearchRequest['sort'][];
const LONGEST_NAME = 100;

/** Sort orders and page sizes as links, the present ones marked. */
export function resultOptions(request: SearchRequest): SafeHtml {
  const sorts = SORTS.map((sort) =>
    option(SORT_LABELS[sort], searchHref(request, { sort }), sort === request.sort),
  );
  const sizes = PAGE_SIZES.map((size) =>
    option(String(size), searchHref(request, { size }), size === request.size),
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

function option(label: string, href: string, chosen: boolean): SafeHtml {
  return html`<li>
    <a href="${text(href)}" ${chosen && html` aria-current="true"`}>${text(label)}</a>
  </li>`;
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
  return html`<div class="export">
    <p id="export-label">导出全部结果（按日期排列）</p>
    <ul aria-labelledby="export-label">
      ${links}
    </ul>
  </div>`;
}
