import type { FacetName, FacetValue, SearchRequest } from '../api/search-schema.ts';
import { groupDigits } from './labels.ts';
import { html, text } from './safe-html.ts';
import type { SafeHtml } from './safe-html.ts';
import { serializeRequest, toggleFacet, withQuery } from './search-links.ts';

/** One facet under its heading; null when it has no values. */
export function facetGroup(label: string, body: SafeHtml, values: number): SafeHtml | null {
  if (values === 0) return null;
  return html`<details class="facet" open>
    <summary><h3>${text(label)}</h3></summary>
    ${body}
  </details>`;
}

const NAMES: ReadonlySet<FacetName> = new Set(['park', 'province', 'source']);

/** What a facet calls a value: a name out of the corpus, or a word of the interface. */
export function facetValueName(facet: FacetName, label: string): SafeHtml {
  return NAMES.has(facet) ? html`<bdi>${text(label)}</bdi>` : html`<span>${text(label)}</span>`;
}

/** A link that switches a value on or off. */
export function valueLink(
  request: SearchRequest,
  facet: FacetName,
  { value, count, selected }: FacetValue,
  label: string,
): SafeHtml {
  const href = withQuery('/search', serializeRequest(toggleFacet(request, facet, value)));
  return html`<a href="${text(href)}" ${selected && html` aria-current="true"`}
    >${facetValueName(facet, label)} <span class="count">${text(groupDigits(count))}</span></a
  >`;
}
