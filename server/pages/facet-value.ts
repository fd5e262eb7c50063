import type { FacetName, FacetValue, SearchRequest } from '../api/search-schema.ts';
import { groupDigits } from '../html/labels.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { toggleHrefs } from '../html/search-links.ts';

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

/** Links that switch values of a facet on or off. */
export function valueLinks(
  request: SearchRequest,
  facet: FacetName,
): (value: FacetValue, label: string) => SafeHtml {
  const hrefOf = toggleHrefs(request, facet);
  return ({ value, count, selected }, label) =>
    html`<a href="${text(hrefOf(value))}" ${selected && html` aria-current="true"`}
      >${facetValueName(facet, label)} <span class="count">${text(groupDigits(count))}</span></a
    >`;
}
