import type { SearchRequest } from '../api/search-schema.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import { searchHref } from '../html/search-links.ts';

/** The schema takes no higher page number. */
export const LAST_PAGE = 1000;
const AROUND = 2;

/** Links to the pages of a result list; nothing when all fits on one page. */
export function pager(request: SearchRequest, total: number): SafeHtml | null {
  const pages = Math.min(Math.ceil(total / request.size), LAST_PAGE);
  return pageLinks(request.page, pages, (page) => searchHref(request, { page }));
}

/** Links to the pages around this one, the first and the last; nothing when there is only one. */
export function pageLinks(
  page: number,
  pages: number,
  href: (page: number) => string,
): SafeHtml | null {
  if (pages <= 1) return null;
  const item = (number: number | 'gap') =>
    number === 'gap'
      ? html`<li class="gap" aria-hidden="true">…</li>`
      : pageItem(number, href(number), number === page);
  return html`<nav class="pager" aria-label="分页">
    <ul>
      ${page > 1 && html`<li><a rel="prev" href="${text(href(Math.min(page - 1, pages)))}">上一页</a></li>`}
      ${pageNumbers(page, pages).map(item)}
      ${page < pages && html`<li><a rel="next" href="${text(href(page + 1))}">下一页</a></li>`}
    </ul>
  </nav>`;
}

function pageItem(number: number, href: string, isHere: boolean): SafeHtml {
  const here = isHere && html` aria-current="page"`;
  return html`<li>
    <a href="${text(href)}" aria-label="第 ${text(number)} 页" ${here}>${text(number)}</a>
  </li>`;
}

/** Page 6 of 20 → 1 … 4 5 6 7 8 … 20. */
export function pageNumbers(page: number, pages: number): (number | 'gap')[] {
  const shown: (number | 'gap')[] = [];
  let last = 0;
  for (let number = 1; number <= pages; number++) {
    const near = Math.abs(number - page) <= AROUND || number === 1 || number === pages;
    if (!near) continue;
    if (number - last > 1) shown.push('gap');
    shown.push(number);
    last = number;
  }
  return shown;
}
