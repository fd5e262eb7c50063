import {
  FACETS,
  type FacetName,
  type SearchRequest,
  type SearchResponse,
} from '../api/search-schema.ts';
import { chineseDate } from './date-text.ts';
import { facetValueName } from './facets.ts';
import { FACET_LABELS, RANGE_LABELS, groupDigits } from '../html/labels.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import {
  searchHref,
  serializeRequest,
  toggleFacet,
  withQuery,
  withoutFilters,
  isTooLongForLinks,
} from '../html/search-links.ts';

interface ActiveFilter {
  /** Whose words the value is in; a day is written as a year is. */
  readonly facet: FacetName;
  /** `园区`, `起`, … */
  readonly label: string;
  readonly value: string;
  /** The same search without this filter. */
  readonly without: SearchRequest;
}

/** Every filter of the request, in the order of the facet column. */
function activeFilters(request: SearchRequest, response: SearchResponse): ActiveFilter[] {
  const chosen = FACETS.flatMap((facet) =>
    request[facet].map((value): ActiveFilter => {
      const counted = response.facets[facet].find((one) => one.value === value);
      const isDate = facet === 'year' || facet === 'month';
      return {
        facet,
        label: FACET_LABELS[facet],
        // The value itself when it is not among those counted.
        value: isDate ? chineseDate(value) : (counted?.label ?? value),
        without: toggleFacet(request, facet, value),
      };
    }),
  );
  const range = (['from', 'to'] as const).flatMap((end): ActiveFilter[] => {
    const value = request[end];
    if (value === undefined) return [];
    const without = { ...request, page: 1, [end]: undefined };
    return [{ facet: 'year', label: RANGE_LABELS[end], value: chineseDate(value), without }];
  });
  return [...chosen, ...range];
}

/** One link a filter that drops it, and one that drops all when there are several. */
export function activeChips(request: SearchRequest, response: SearchResponse): SafeHtml | null {
  const filters = activeFilters(request, response);
  if (filters.length === 0) return null;
  const chips = filters.map(
    ({ facet, label, value, without }) =>
      html`<li>
        <a class="chip" href="${text(withQuery('/search', serializeRequest(without)))}"
          ><span class="unseen">去掉筛选：</span
          ><span class="chip-kind">${text(label)}</span> ${facetValueName(facet, value)}
          <span aria-hidden="true">×</span></a
        >
      </li>`,
  );
  const all =
    filters.length > 1 &&
    html`<li>
      <a class="chip-all" href="${text(searchHref(withoutFilters(request)))}">全部去掉</a>
    </li>`;
  return html`<ul class="chips" aria-label="已用的筛选">
    ${chips}${all}
  </ul>`;
}

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
