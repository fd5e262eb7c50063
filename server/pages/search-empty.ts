import type { SearchRequest, SearchResponse } from '../api/search-schema.ts';
import { groupDigits } from '../html/labels.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { activeFilters } from './search-chips.ts';
import { isTooLongForLinks, searchHref, withoutFilters } from '../html/search-links.ts';

/** A wider search in place of one that found nothing. */
export interface Relaxation {
  readonly label: string;
  readonly request: SearchRequest;
  /** Absent when it was not counted. */
  readonly total?: number;
}

interface EmptyView {
  readonly request: SearchRequest;
  readonly response: SearchResponse;
  readonly relaxations?: readonly Relaxation[];
}

/** What to try when nothing was found. */
export function emptyResults(view: EmptyView): SafeHtml {
  const offers = (view.relaxations ?? relaxations(view.request, view.response)).filter(
    ({ request }) => !isTooLongForLinks(request),
  );
  const list =
    offers.length > 0 &&
    html`<h2>试试放宽条件</h2>
      <ul class="offers">
        ${offers.map(offerItem)}
      </ul>`;
  return html`<div class="empty">
    ${list}
    <h2>或者换个写法</h2>
    <ul class="advice">
      <li>少用几个词：只留园区名和最要紧的一个词。</li>
      <li>用园区的常用短名，如“苏州工业园区”“东湖高新区”；简体、繁体、全角、半角都可以。</li>
      <li>加引号的词要求逐字相同；去掉引号会找到更多。</li>
      <li>到 <a href="/parks">园区一览</a> 看看收录了哪些园区。</li>
    </ul>
  </div>`;
}

/** Wider searches that the request itself suggests, each filter dropped, then each word alone; not counted. */
export function relaxations(request: SearchRequest, response: SearchResponse): Relaxation[] {
  const filters = activeFilters(request, response);
  const offers: Relaxation[] = filters.map(({ label, value, without }) => ({
    label: `去掉“${label} ${value}”`,
    request: without,
  }));
  if (filters.length > 1)
    offers.push({ label: '去掉全部筛选', request: { ...withoutFilters(request), page: 1 } });
  const unquoted = request.q.replace(/["“”「」『』]/gu, ' ').trim();
  if (unquoted !== '' && unquoted !== request.q.trim())
    offers.push({ label: '去掉引号，不求逐字相同', request: { ...request, q: unquoted, page: 1 } });
  const words = [...new Set(request.q.split(/\s+/u).filter((word) => word !== ''))];
  if (words.length > 1)
    for (const q of words.slice(0, 5))
      offers.push({ label: `只检索“${q}”`, request: { ...request, q, page: 1 } });
  return offers;
}

function offerItem({ label, request, total }: Relaxation): SafeHtml {
  const count =
    total !== undefined && html` <span class="count">${text(groupDigits(total))} 篇</span>`;
  return html`<li>
    <a href="${text(searchHref(request))}" dir="auto">${text(label)}</a>${count}
  </li>`;
}
