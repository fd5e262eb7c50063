import { list } from './page-parts.ts';
import type { FacetName, FacetValue, SearchRequest } from '../api/search-schema.ts';
import { groupDigits, FACET_LABELS } from '../html/labels.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
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

const SHOWN = 8;
/** With fewer parks a field to find one is only in the way. */
const FINDABLE_FROM = 12;
const NO_PROVINCE = '未列入名录';

/**
 * Which park: those named most (and every chosen one) in sight, all of them by province folded. The
 * field to find one among them is for `browser/park-finder.ts` to show.
 */
export function parkFacet(request: SearchRequest, parks: readonly FacetValue[]): SafeHtml | null {
  const shown = parks.filter((park, index) => index < SHOWN || park.selected);
  const link = valueLinks(request, 'park');
  const item = (park: FacetValue) =>
    html`<li data-park="${text(park.value)}">${link(park, park.label)}</li>`;
  const finder =
    parks.length >= FINDABLE_FROM &&
    html`<label class="park-finder" hidden
      >找园区 <input type="search" autocomplete="off" placeholder="名称、拼音或首字母"
    /></label>`;
  return facetGroup(
    FACET_LABELS.park,
    html`${finder} ${list(shown.map(item))}
    ${parks.length > shown.length && byProvince(parks, item)}`,
    parks.length,
  );
}

function byProvince(parks: readonly FacetValue[], item: (park: FacetValue) => SafeHtml): SafeHtml {
  const provinces = new Map<string, FacetValue[]>();
  for (const park of parks) {
    const province = park.group ?? NO_PROVINCE;
    const members = provinces.get(province) ?? [];
    members.push(park);
    provinces.set(province, members);
  }
  const groups = [...provinces].map(
    ([province, members]) =>
      html`<li class="province">
        <h4>${province === NO_PROVINCE ? text(province) : html`<bdi>${text(province)}</bdi>`}</h4>
        ${list(members.map(item))}
      </li>`,
  );
  return html`<details class="more">
    <summary>按省份列出全部 ${text(parks.length)} 个</summary>
    ${list(groups, 'provinces')}
  </details>`;
}
