import type { ParkSummary } from '../api/park-schema.ts';
import { everyPeriod, type PeriodCounts, type Step } from '../parks/periods.ts';
import { lineChart, lineSample } from './charts/line-chart.ts';
import { compareForm, parkChoices } from './compare-form.ts';
import { STEPS, compareHref } from './compare-request.ts';
import type { CompareRequest } from './compare-request.ts';
import { chineseDate } from './date-text.ts';
import { groupDigits } from '../html/labels.ts';
import { layout } from './layout.ts';
import type { PageShell } from './layout.ts';
import { rewriteLines, undoLink, type RewriteLine } from './rewrite-lines.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { parkHref } from './search-hits.ts';
import { EMPTY_REQUEST, searchHref } from '../html/search-links.ts';

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
  const steps = STEPS.map(({ step: by, label }) => {
    const here = by === step && html` aria-current="true"`;
    return html`<li>
      <a href="${text(compareHref({ ...request, by }))}" ${here}>${text(label)}</a>
    </li>`;
  });
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
