import type { ParkSummary } from '../api/park-schema.ts';
import { groupDigits } from './labels.ts';
import { hiddenFields, layout } from './layout.ts';
import type { PageShell } from './layout.ts';
import { arrangeParks, serializeParksRequest } from './parks-table.ts';
import type { ParkGroup, ParksRequest } from './parks-table.ts';
import { html, text } from './safe-html.ts';
import type { SafeHtml } from './safe-html.ts';
import { parkHref } from './search-hits.ts';
import { EMPTY_REQUEST, searchHref, withQuery } from './search-links.ts';

export interface ParksPageView {
  readonly request: ParksRequest;
  /** Every park that an article names, in any order. */
  readonly parks: readonly ParkSummary[];
}

const GROUP_LABELS = { none: '不分组', province: '按省份', type: '按类型' } as const;
const GROUPS = Object.keys(GROUP_LABELS) as ParksRequest['group'][];

/** `/parks`: the parks that the corpus names, on a table to sort, group and search. */
export function parksPage(shell: PageShell, view: ParksPageView): SafeHtml {
  const { request } = view;
  const groups = arrangeParks(view.parks, request);
  const found = groups.reduce((sum, { parks }) => sum + parks.length, 0);
  return layout(shell, {
    title: '园区一览',
    page: 'parks',
    main: html`<h1>园区一览 <span class="count">${text(groupDigits(found))} 个</span></h1>
      ${findForm(request)}
      ${found === 0 ? html`<p class="notice">没有名称或地点含“<bdi>${text(request.q)}</bdi>”的园区。<a href="/parks">看全部园区</a></p>` : parksTable(groups, request)}`,
  });
}

function findForm(request: ParksRequest): SafeHtml {
  const kept = [...new URLSearchParams(serializeParksRequest({ ...request, q: '' }))];
  const groupLinks = GROUPS.map((group) => {
    const here = group === request.group && html` aria-current="true"`;
    return html`<li>
      <a href="${text(parksHref(request, { group }))}" ${here}>${text(GROUP_LABELS[group])}</a>
    </li>`;
  });
  return html`<div class="options">
    <form class="find" action="/parks" method="get">
      ${hiddenFields(kept)}
      <label for="find-park">找园区</label>
      <input
        id="find-park"
        type="search"
        name="q"
        maxlength="100"
        value="${text(request.q)}"
        placeholder="名称、省市或拼音"
      />
      <button type="submit">查找</button>
    </form>
    <div>
      <p id="group-label">分组</p>
      <ul aria-labelledby="group-label">
        ${groupLinks}
      </ul>
    </div>
  </div>`;
}

function parksTable(groups: readonly ParkGroup[], request: ParksRequest): SafeHtml {
  return html`<div class="scroll">
    <table class="parks">
      <caption class="unseen">
        园区及提到它们的报道数
      </caption>
      <thead>
        <tr>
          ${sortHeader(request, 'name', '园区')}${sortHeader(request, 'place', '所在地')}
          <th scope="col">类型</th>
          ${sortHeader(request, 'articles', '报道', 'number')}
        </tr>
      </thead>
      ${groups.map(groupRows)}
    </table>
  </div>`;
}

function groupRows({ label, parks }: ParkGroup): SafeHtml {
  const heading =
    label !== null &&
    html`<tr class="group">
      <th scope="rowgroup" colspan="4">
        ${text(label)} <span class="count">${text(groupDigits(parks.length))} 个</span>
      </th>
    </tr>`;
  return html`<tbody>
    ${heading}${parks.map(parkRow)}
  </tbody>`;
}

function sortHeader(
  request: ParksRequest,
  sort: ParksRequest['sort'],
  label: string,
  className?: string,
): SafeHtml {
  const sorted =
    request.sort === sort &&
    html` aria-sort="${text(sort === 'articles' ? 'descending' : 'ascending')}"`;
  const look = className !== undefined && html` class="${text(className)}"`;
  return html`<th scope="col" ${look}${sorted}>
    <a href="${text(parksHref(request, { sort }))}">${text(label)}</a>
  </th>`;
}

function parkRow(park: ParkSummary): SafeHtml {
  const place = park.city === park.province ? park.province : `${park.province} ${park.city}`;
  const articles = searchHref({ ...EMPTY_REQUEST, park: [park.id] });
  return html`<tr>
    <th scope="row">
      <a href="${text(parkHref(park.id))}">${text(park.name)}</a
      >${!park.listed && html` <span class="badge">名录外</span>`}
    </th>
    <td>${text(place)}</td>
    <td>${text(park.typeLabel)}</td>
    <td class="number"><a href="${text(articles)}">${text(groupDigits(park.articles))}</a></td>
  </tr>`;
}

function parksHref(request: ParksRequest, changes: Partial<ParksRequest>): string {
  return withQuery('/parks', serializeParksRequest({ ...request, ...changes }));
}
