import type { ParkSummary } from '../api/park-schema.ts';
import { MOST_PARKS, compareFields, compareHref } from './compare-request.ts';
import type { CompareRequest } from './compare-request.ts';
import { groupDigits } from '../html/labels.ts';
import { hiddenFields } from './layout.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';

/** Adds a park and narrows all lines to the articles that fit a query. */
export function compareForm(request: CompareRequest): SafeHtml {
  const kept = compareFields({ ...request, q: '', add: '' });
  const isFull = request.park.length >= MOST_PARKS;
  return html`<form class="compare-form" action="/compare" method="get">
    ${hiddenFields(kept)}
    ${
      isFull
        ? html`<p class="hint">已有 ${text(MOST_PARKS)} 个园区；要再加，请先去掉一个。</p>`
        : html`<p>
            <label for="add-park">加一个园区</label>
            <input
              id="add-park"
              type="search"
              name="add"
              maxlength="100"
              value="${text(request.add)}"
              placeholder="名称、省市、拼音或首字母"
            />
          </p>`
    }
    <p>
      <label for="compare-q">只数合于此检索的报道</label>
      <input
        id="compare-q"
        type="search"
        name="q"
        value="${text(request.q)}"
        placeholder="不填则数全部报道"
      />
    </p>
    <button type="submit">比较</button>
  </form>`;
}

/** The parks that the typed name may mean, or else some worth adding. */
export function parkChoices(
  request: CompareRequest,
  found: readonly ParkSummary[] | null,
  suggested: readonly { readonly id: string; readonly name: string }[],
): SafeHtml | null {
  if (found !== null && found.length === 0)
    return html`<p class="notice">
      没有合于“<bdi>${text(request.add)}</bdi>”的园区，请换一个写法或查看<a href="/parks"
        >园区一览</a
      >。
    </p>`;
  if (found !== null) return choices('要加哪一个？', request, found);
  if (suggested.length === 0 || request.park.length >= MOST_PARKS) return null;
  return choices(request.park.length === 0 ? '从这里选' : '常同时提到', request, suggested);
}

const SHOWN = 30;

function choices(
  label: string,
  request: CompareRequest,
  parks: readonly { readonly id: string; readonly name: string; readonly articles?: number }[],
): SafeHtml {
  const items = parks.slice(0, SHOWN).map(({ id, name, articles }) => {
    const href = compareHref({ ...request, park: [...request.park, id], add: '' });
    const count =
      articles !== undefined && html` <span class="count">${text(groupDigits(articles))} 篇</span>`;
    return html`<li>
      <a href="${text(href)}">＋ <bdi>${text(name)}</bdi>${count}</a>
    </li>`;
  });
  return html`<p id="choices" class="hint">${text(label)}</p>
    <ul class="tiles" aria-labelledby="choices">
      ${items}
    </ul>`;
}
