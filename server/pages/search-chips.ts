import { FACETS } from '../api/search-schema.ts';
import type { FacetName, SearchRequest, SearchResponse } from '../api/search-schema.ts';
import { chineseDate } from './date-text.ts';
import { facetValueName } from './facet-value.ts';
import { FACET_LABELS } from '../html/labels.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import {
  searchHref,
  serializeRequest,
  toggleFacet,
  withQuery,
  withoutFilters,
} from '../html/search-links.ts';

export interface ActiveFilter {
  /** Whose words the value is in; a day is written as a year is. */
  readonly facet: FacetName;
  /** `园区`, `起`, … */
  readonly label: string;
  readonly value: string;
  /** The same search without this filter. */
  readonly without: SearchRequest;
}

/** Every filter of the request, in the order of the facet column. */
export function activeFilters(request: SearchRequest, response: SearchResponse): ActiveFilter[] {
  const filters: ActiveFilter[] = FACETS.flatMap((facet) =>
    request[facet].map((value) => ({
      facet,
      label: FACET_LABELS[facet],
      value: valueLabel(response, facet, value),
      without: toggleFacet(request, facet, value),
    })),
  );
  const { from, to } = request;
  if (from !== undefined)
    filters.push({
      facet: 'year',
      label: '起',
      value: chineseDate(from),
      without: drop(request, { from: undefined }),
    });
  if (to !== undefined)
    filters.push({
      facet: 'year',
      label: '止',
      value: chineseDate(to),
      without: drop(request, { to: undefined }),
    });
  return filters;
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

/** What the facet column calls a value; the value itself when it is not among those counted. */
function valueLabel(response: SearchResponse, facet: FacetName, value: string): string {
  if (facet === 'year' || facet === 'month') return chineseDate(value);
  return response.facets[facet].find((counted) => counted.value === value)?.label ?? value;
}

function drop(request: SearchRequest, change: Partial<SearchRequest>): SearchRequest {
  return { ...request, page: 1, ...change };
}
