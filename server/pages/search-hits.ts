import type { SearchHit, SearchRequest } from '../api/search-schema.ts';
import { dateHtml } from './date-text.ts';
import { KIND_LABELS } from '../html/labels.ts';
import { html, markedHtml, text, type SafeHtml } from '../html/safe-html.ts';
import { articleHref, parkHref } from '../html/search-links.ts';

const PARKS_SHOWN = 4;

/** Hits as a list that counts on from `first`, copies of a story folded under one, titles as headings of `level`; links remember the request. */
export function hitList(
  hits: readonly SearchHit[],
  request: SearchRequest,
  first: number,
  level: 2 | 3 = 2,
): SafeHtml {
  const items = foldCopies(hits).map(
    ({ hit, index }) =>
      html`<li value="${text(first + index)}">${hitItem(hit, request, level)}</li>`,
  );
  return html`<ol class="hits" start="${text(first)}">
    ${items}
  </ol>`;
}

/** Of copies of one story on the page only the preferred one, or else the best, at the best one's place. */
function foldCopies(hits: readonly SearchHit[]): { hit: SearchHit; index: number }[] {
  const groups = new Map<string, { hit: SearchHit; index: number }>();
  hits.forEach((hit, index) => {
    const group = hit.duplicateOf ?? hit.id;
    const shown = groups.get(group);
    if (shown === undefined) groups.set(group, { hit, index });
    else if (hit.id === group) shown.hit = hit;
  });
  return [...groups.values()];
}

function hitItem(hit: SearchHit, request: SearchRequest, level: 2 | 3): SafeHtml {
  const title = html`<a href="${text(articleHref(hit.url, request))}"
    ><bdi>${markedHtml(hit.titleHtml)}</bdi></a
  >`;
  return html`<article class="hit">
    ${level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`}
    <p class="snippet"><bdi>${markedHtml(hit.snippetHtml)}</bdi></p>
    <ul class="meta">
      <li>${dateHtml(hit.date)}</li>
      ${hit.source !== null && html`<li><bdi>${text(hit.source)}</bdi></li>`}
      <li>${text(KIND_LABELS[hit.kind])}</li>
      ${parkLinks(hit.parks)}
    </ul>
    ${duplicatesNote(hit.duplicates, request)}
  </article>`;
}

function parkLinks(parks: SearchHit['parks']): SafeHtml | null {
  if (parks.length === 0) return null;
  const links = parks
    .slice(0, PARKS_SHOWN)
    .map(
      ({ id, name }) =>
        html`<a class="park" href="${text(parkHref(id))}"><bdi>${text(name)}</bdi></a> `,
    );
  const more = parks.length > PARKS_SHOWN && text(`等 ${parks.length} 个园区`);
  return html`<li class="parks">${links}${more}</li>`;
}

function duplicatesNote(duplicates: readonly string[], request: SearchRequest): SafeHtml | null {
  if (duplicates.length === 0) return null;
  const links = duplicates.map((id, index) => {
    const href = articleHref(`/articles/${encodeURIComponent(id)}`, request);
    return html` <a href="${text(href)}">第 ${text(index + 2)} 份</a>`;
  });
  return html`<p class="duplicates">另有 ${text(duplicates.length)} 篇内容相同：${links}</p>`;
}
