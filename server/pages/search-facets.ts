import type { FacetName, FacetValue, SearchRequest, SearchResponse } from '../api/search-schema.ts';
import { dateFacet } from './date-facet.ts';
import { parkFacet } from './park-facet.ts';
import { facetGroup, valueLinks } from './facet-value.ts';
import { FACET_LABELS } from '../html/labels.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';

const SHOWN = 12;

/** The column that narrows the results: parks, provinces, types, sources, dates, kinds. */
export function facetColumn(request: SearchRequest, response: SearchResponse): SafeHtml {
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
      <ul>
        ${folded.map(item)}
      </ul>
    </details>`;
  return html`<ul>
      ${shown.map(item)}
    </ul>
    ${more}`;
}
