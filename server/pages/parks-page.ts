import type { ProvinceTile } from '../../config/province-tiles.ts';
import type { ParkSummary } from '../api/park-schema.ts';
import { provinceChart } from './charts/province-chart.ts';
import { groupDigits } from '../html/labels.ts';
import { hiddenFields, optionItem } from './page-parts.ts';
import { layout, type PageShell } from './layout.ts';
import {
  NO_PLACE,
  PARKS_A_PAGE,
  arrangeParks,
  serializeParksRequest,
  type ParkGroup,
  type ParksRequest,
} from './parks-table.ts';
import { pageLinks } from './pager.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import { EMPTY_REQUEST, searchHref, withQuery, parkHref } from '../html/search-links.ts';

export interface ParksPageView {
  readonly request: ParksRequest;
  /** The parks that fit what is looked for, in any order. */
  readonly parks: readonly ParkSummary[];
  readonly tiles: readonly ProvinceTile[];
  /** How much is written about the parks of each province, most first. */
  readonly provinces: readonly {
    readonly province: string;
    readonly parks: number;
    readonly articles: number;
  }[];
}

const GROUP_LABELS = { none: '不分组', province: '按省份', type: '按类型' } as const;
const GROUPS = Object.keys(GROUP_LABELS) as ParksRequest['group'][];

/** `/parks`: the parks that the corpus names, on a table to sort, group and search. */
export function parksPage(shell: PageShell, view: ParksPageView): SafeHtml {
  const { request, parks } = view;
  return layout(shell, {
    title: '园区一览',
    page: 'parks',
    main: html`<h1>园区一览 <span class="count">${text(groupDigits(parks.length))} 个</span></h1>
      ${findForm(request)}
      <div class="parks-columns">
        ${provinces(view)}
        <div>
          ${parks.length === 0 ? nothingFound(request) : parksTable(arrangeParks(parks, request), request)}
          ${pagerOf(request, parks.length)}
        </div>
      </div>`,
  });
}

function nothingFound({ q }: ParksRequest): SafeHtml {
  return html`<p class="notice">
    没有名称或地点合于“<bdi>${text(q)}</bdi>”的园区。<a href="/parks">看全部园区</a>
  </p>`;
}

function provinces({ tiles, provinces }: ParksPageView): SafeHtml | null {
  if (provinces.length === 0) return null;
  return html`<aside aria-labelledby="provinces">
    <h2 id="provinces">各省园区的报道</h2>
    ${provinceChart({
      label: '提到各省园区的报道篇数，颜色越浓越多；方格按各省的相对位置排列',
      tiles,
      provinces: provinces.map((one) => ({
        ...one,
        href: withQuery('/parks', new URLSearchParams({ q: one.province }).toString()),
        articlesHref: searchHref({ ...EMPTY_REQUEST, province: [one.province] }),
      })),
    })}
  </aside>`;
}

function pagerOf(request: ParksRequest, total: number): SafeHtml | null {
  const pages = Math.ceil(total / PARKS_A_PAGE);
  return pageLinks(request.page, pages, (page) => parksHref(request, { page }));
}

function findForm(request: ParksRequest): SafeHtml {
  const kept = [...new URLSearchParams(serializeParksRequest({ ...request, q: '', page: 1 }))];
  const groupLinks = GROUPS.map((group) =>
    optionItem(GROUP_LABELS[group], parksHref(request, { group }), group === request.group),
  );
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
        placeholder="名称、省市、拼音或首字母"
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
        园区及提到它们的报道数（各份转载都计入）
      </caption>
      <thead>
        <tr>
          ${sortHeader(request, 'name', '园区')}${sortHeader(request, 'place', '所在地')}
          ${sortHeader(request, 'type', '类型')}${sortHeader(request, 'articles', '报道', 'number')}
        </tr>
      </thead>
      ${groups.map((group) => groupRows(group, request))}
    </table>
  </div>`;
}

function groupRows({ label, parks }: ParkGroup, { group }: ParksRequest): SafeHtml {
  const heading =
    label !== null &&
    html`<tr class="group">
      <th scope="rowgroup" colspan="4">
        ${group === 'province' && label !== NO_PLACE ? html`<bdi>${text(label)}</bdi>` : text(label)}
        <span class="count">${text(groupDigits(parks.length))} 个</span>
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
  const isSorted = request.sort === sort;
  const isReverse = isSorted && request.order === 'reverse';
  const isDescending = (sort === 'articles') !== isReverse;
  const sorted = isSorted && html` aria-sort="${text(isDescending ? 'descending' : 'ascending')}"`;
  const order = isSorted && !isReverse ? 'reverse' : 'usual';
  const look = className !== undefined && html` class="${text(className)}"`;
  return html`<th scope="col" ${look}${sorted}>
    <a href="${text(parksHref(request, { sort, order }))}">${text(label)}</a>
  </th>`;
}

function parkRow(park: ParkSummary): SafeHtml {
  const place = park.city === park.province ? park.province : `${park.province} ${park.city}`;
  const articles = searchHref({ ...EMPTY_REQUEST, park: [park.id] });
  return html`<tr>
    <th scope="row">
      <a href="${text(parkHref(park.id))}"><bdi>${text(park.name)}</bdi></a
      >${!park.listed && html` <span class="badge">名录外</span>`}
    </th>
    <td><bdi>${text(place)}</bdi></td>
    <td>${text(park.typeLabel)}</td>
    <td class="number"><a href="${text(articles)}">${text(groupDigits(park.articles))}</a></td>
  </tr>`;
}

/** Changes lead back to the first page unless they name one. */
function parksHref(request: ParksRequest, changes: Partial<ParksRequest>): string {
  return withQuery('/parks', serializeParksRequest({ ...request, page: 1, ...changes }));
}
