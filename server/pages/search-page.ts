import type { SearchRequest, SearchResponse, FacetName, FacetValue } from '../api/search-schema.ts';
import { clip, groupDigits, FACET_LABELS } from '../html/labels.ts';
import { layout, type PageShell } from './layout.ts';
import { pager } from './pager.ts';
import {
  againButton,
  againForm,
  longExports,
  longFacets,
  longOptions,
  longPager,
  exportLinks,
  resultOptions,
  saveForm,
} from './search-tools.ts';
import { rewriteLines, undoLink, list } from './page-parts.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import { activeChips, emptyResults, type Relaxation } from './wider-searches.ts';
import { hitList } from './search-hits.ts';
import { isTooLongForLinks, withQuery } from '../html/search-links.ts';
import { dateFacet } from './date-facet.ts';
import { parkFacet, facetGroup, valueLinks } from './facets.ts';

export interface SearchPageView {
  readonly request: SearchRequest;
  readonly response: SearchResponse;
  /** Wider searches with their totals, for an empty result; without them the page offers links without counts. */
  readonly relaxations?: readonly Relaxation[];
}

/** `/search`: what was found, and every way to narrow, widen, sort, keep and take it away. */
export function searchPage(shell: PageShell, view: SearchPageView): SafeHtml {
  const { request, response } = view;
  const isLong = isTooLongForLinks(request);
  return layout(shell, {
    title: request.q === '' ? '全部报道' : clip(request.q),
    page: 'search',
    request,
    main: html`<div class="columns">
      <section class="results" aria-labelledby="summary">
        ${isLong && againForm(request)} ${summaryLine(response)}
        ${rewriteLines(
          response.query.rewrites.map(({ undo, ...rewrite }) => ({
            ...rewrite,
            undo: isLong
              ? againButton('literal', rewrite.from, '撤销')
              : undoLink(withQuery('/search', undo)),
          })),
        )}
        ${hintLines(response)} ${!isLong && activeChips(request, response)}
        ${response.total === 0 ? emptyResults(view) : foundResults(view)}
      </section>
      ${isLong ? longFacets(request, response) : facetColumn(request, response)}
    </div>`,
  });
}

function summaryLine({ query, total, totalIsExact, tookMs }: SearchResponse): SafeHtml {
  const subject =
    query.input === '' ? html`全部报道` : html`“<bdi>${text(clip(query.input))}</bdi>”`;
  const about = totalIsExact ? '' : '约 ';
  const count = total === 0 ? '无结果' : `${about}${groupDigits(total)} 篇`;
  return html`<h1 id="summary">
    ${subject} <span class="count">${text(count)}</span>
    <small>用时 ${text(duration(tookMs))}</small>
  </h1>`;
}

function duration(ms: number): string {
  if (ms < 1) return '不到 1 毫秒';
  return ms < 1000 ? `${Math.round(ms)} 毫秒` : `${(ms / 1000).toFixed(1)} 秒`;
}

function hintLines({ query }: SearchResponse): SafeHtml | null {
  if (query.hints.length === 0) return null;
  const lines = query.hints.map(({ message, query: wanted }) =>
    wanted === undefined || isTooLongForLinks(wanted)
      ? html`<li dir="auto">${text(message)}</li>`
      : html`<li>
          <a href="${text(withQuery('/search', wanted))}" dir="auto">${text(message)}</a>
        </li>`,
  );
  return html`<ul class="rewrites" aria-label="提示">
    ${lines}
  </ul>`;
}

function foundResults({ request, response }: SearchPageView): SafeHtml {
  const isLong = isTooLongForLinks(request);
  return html`${isLong ? longOptions(request) : resultOptions(request)}
    ${hitList(response.hits, request, (response.page - 1) * response.size + 1)}
    ${isLong ? longPager(request, response.total) : pager(request, response.total)}
    <div class="keep">${saveForm(request)}${isLong ? longExports() : exportLinks(request)}</div>`;
}

const SHOWN = 12;

/** The column that narrows the results: parks, provinces, types, sources, dates, kinds. */
function facetColumn(request: SearchRequest, response: SearchResponse): SafeHtml {
  const { facets } = response;
  const plain = (facet: FacetName) =>
    facetGroup(FACET_LABELS[facet], valueList(request, facet, facets[facet]), facets[facet].length);
  return html`<aside class="facets" id="facets" aria-labelledby="facets-title">
    <h2 id="facets-title">缩小范围</h2>
    ${dateFacet(request, response)} ${parkFacet(request, facets.park)} ${plain('province')}
    ${plain('type')} ${plain('source')} ${plain('kind')}
  </aside>`;
}

/** The first values in sight (and every chosen one), the others folded. */
function valueList(
  request: SearchRequest,
  facet: FacetName,
  values: readonly FacetValue[],
): SafeHtml {
  const shown = values.filter((value, index) => index < SHOWN || value.selected);
  const folded = values.filter((value, index) => index >= SHOWN && !value.selected);
  const link = valueLinks(request, facet);
  const item = (value: FacetValue) => html`<li>${link(value, value.label)}</li>`;
  const more =
    folded.length > 0 &&
    html`<details class="more">
      <summary>其余 ${text(folded.length)} 个</summary>
      ${list(folded.map(item))}
    </details>`;
  return html`${list(shown.map(item))} ${more}`;
}
