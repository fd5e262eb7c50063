import type { ParkSummary } from '../api/park-schema.ts';
import { everyPeriod, type PeriodCounts, type Step } from '../parks/periods.ts';
import { lineChart, lineSample } from './charts/time-charts.ts';
import {
  STEPS,
  compareHref,
  MOST_PARKS,
  compareFields,
  type CompareRequest,
} from './compare-request.ts';
import { chineseDate } from './date-text.ts';
import { groupDigits } from '../html/labels.ts';
import { layout, type PageShell } from './layout.ts';
import { hiddenFields, optionItem } from './page-parts.ts';
import { rewriteLines, undoLink, type RewriteLine } from './page-parts.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import { EMPTY_REQUEST, searchHref, parkHref } from '../html/search-links.ts';

export interface ComparePageView {
  readonly request: CompareRequest;
  readonly step: Step;
  /** The parks compared, in the order of the request. */
  readonly compared: readonly ComparedPark[];
  /** Changes of the query, each with what was typed. */
  readonly rewrites: readonly { readonly from: string; readonly to: string }[];
  /** Parks that the name to add may mean; null when none was asked for. */
  readonly found: readonly ParkSummary[] | null;
  /** Parks worth adding. */
  readonly suggested: readonly { readonly id: string; readonly name: string }[];
}

interface ComparedPark {
  readonly id: string;
  readonly name: string;
  readonly articles: number;
  /** Articles of each period of the step. */
  readonly counts: PeriodCounts;
}

/** `/compare`: how much was written about several parks over time, about everything or one subject. */
export function comparePage(shell: PageShell, view: ComparePageView): SafeHtml {
  const { request, compared } = view;
  return layout(shell, {
    title: compared.length === 0 ? '园区对比' : compared.map(({ name }) => name).join('、'),
    page: 'compare',
    main: html`<p class="crumb"><a href="/parks">园区一览</a></p>
      <h1>园区对比</h1>
      ${compareForm(request)} ${parkChoices(request, view.found, view.suggested)}
      ${rewriteLines(undoable(view))} ${compared.length > 0 && comparison(view)}`,
  });
}

function comparison({ request, step, compared }: ComparePageView): SafeHtml {
  const periods = everyPeriod(compared.map(({ counts }) => counts));
  const steps = STEPS.map(({ step: by, label }) =>
    optionItem(label, compareHref({ ...request, by }), by === step),
  );
  return html`<ul class="chips" aria-label="比较的园区">
      ${compared.map((park, index) => parkChip(request, park, index))}
    </ul>
    <div class="options">
      <p id="step-label">时间</p>
      <ul aria-labelledby="step-label">
        ${steps}
      </ul>
    </div>
    ${periods.length === 0 ? html`<p class="notice">这些园区没有注明日期的相关报道。</p>` : chart(request, step, compared, periods)}`;
}

function chart(
  request: CompareRequest,
  step: Step,
  compared: readonly ComparedPark[],
  periods: readonly string[],
): SafeHtml {
  const labels = new Map(periods.map((period) => [chineseDate(period), period]));
  const subject = request.q === '' ? '' : `合于“${Array.from(request.q).slice(0, 60).join('')}”的`;
  return lineChart({
    label: `${step === 'year' ? '每年' : '每月'}提到各园区的${subject}报道篇数`,
    periods: [...labels.keys()],
    lines: compared.map(({ id, name, counts }) => ({
      name,
      counts: periods.map((period) => counts[period] ?? 0),
      href: (label) => articlesHref(request, id, { [step]: [labels.get(label) ?? ''] }),
    })),
  });
}

function parkChip(request: CompareRequest, park: ComparedPark, index: number): SafeHtml {
  const without = compareHref({ ...request, park: request.park.filter((id) => id !== park.id) });
  return html`<li class="chip">
    ${lineSample(index)}<a href="${text(parkHref(park.id))}"><bdi>${text(park.name)}</bdi></a>
    <a class="count" href="${text(articlesHref(request, park.id))}"
      >${text(groupDigits(park.articles))} 篇</a
    >
    <a href="${text(without)}" aria-label="不再比较${text(park.name)}">×</a>
  </li>`;
}

function undoable({ request, rewrites }: ComparePageView): RewriteLine[] {
  return rewrites.map(({ from, to }) => ({
    from,
    to,
    undo: undoLink(compareHref({ ...request, literal: [...request.literal, from] })),
  }));
}

function articlesHref(
  { q, literal }: CompareRequest,
  park: string,
  time: Partial<Record<Step, string[]>> = {},
): string {
  return searchHref({ ...EMPTY_REQUEST, q, literal, park: [park], ...time });
}

/** Adds a park and narrows all lines to the articles that fit a query. */
function compareForm(request: CompareRequest): SafeHtml {
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
function parkChoices(
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
