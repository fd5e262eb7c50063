import type { ParkSummary } from '../api/park-schema.ts';
import type { SearchHit } from '../api/search-schema.ts';
import type { Step } from '../parks/periods.ts';
import type { SignificantTerm } from '../parks/significant-terms.ts';
import { barChart } from './charts/time-charts.ts';
import { STEPS, compareHref } from './compare-request.ts';
import { chineseDate } from './date-text.ts';
import { groupDigits } from '../html/labels.ts';
import { countedItem, fact, optionItem, list } from './page-parts.ts';
import { layout, type PageShell } from './layout.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import { hitList } from './search-hits.ts';
import { EMPTY_REQUEST, searchHref, withQuery, parkHref } from '../html/search-links.ts';

export interface ParkPageView {
  readonly park: ParkSummary;
  readonly aliases: readonly string[];
  /** Earlier names, each with the years as the gazetteer words them (`1991-2007`), if known. */
  readonly formerNames: readonly { readonly name: string; readonly years: string | null }[];
  /** A remark of the gazetteer; null without one. */
  readonly note: string | null;
  readonly history: ParkHistory;
  readonly words: readonly SignificantTerm[];
  /** Articles that the words were counted in. */
  readonly sampled: number;
  /** The parks most often named in the same articles, with the number of those. */
  readonly beside: readonly {
    readonly id: string;
    readonly name: string;
    readonly count: number;
  }[];
  readonly sources: readonly { readonly name: string; readonly count: number }[];
  /** The latest articles, newest first. */
  readonly latest: readonly SearchHit[];
}

export interface ParkHistory {
  readonly step: Step;
  /** Articles of every year or month between the first and the last. */
  readonly periods: readonly { readonly period: string; readonly count: number }[];
}

/** `/parks/:id`: what is known about the park and what was written about it. */
export function parkPage(shell: PageShell, view: ParkPageView): SafeHtml {
  const { park } = view;
  const about = { ...EMPTY_REQUEST, park: [park.id] };
  const all = searchHref({ ...about, sort: 'newest' });
  return layout(shell, {
    title: park.name,
    page: 'park',
    main: html`<div class="park-page">
      <p class="crumb"><a href="/parks">园区一览</a></p>
      <h1>
        <bdi>${text(park.name)}</bdi>
        <span class="count">${text(groupDigits(park.articles))} 篇报道</span>
      </h1>
      ${facts(view)} ${findForm(park)} ${history(view)} ${parkWords(view)} ${beside(view)}
      ${sources(view)}
      <h2>最近的报道</h2>
      ${view.latest.length === 0 ? html`<p class="notice">还没有提到这个园区的报道。</p>` : hitList(view.latest, about, 1, 3)}
      <p>
        <a class="button" href="${text(all)}">检索全部 ${text(groupDigits(park.articles))} 篇</a>
      </p>
    </div>`,
  });
}

function history({ park, history }: ParkPageView): SafeHtml | null {
  if (history.periods.length === 0) return null;
  const about = { ...EMPTY_REQUEST, park: [park.id] };
  const steps = STEPS.map(({ step, label }) =>
    optionItem(label, withQuery(parkHref(park.id), `by=${step}`), step === history.step),
  );
  return html`<h2 id="history">报道数量</h2>
    <div class="options">
      <ul aria-labelledby="history">
        ${steps}
      </ul>
      <p><a href="${text(compareHref({ park: [park.id] }))}">与其他园区比较</a></p>
    </div>
    ${barChart({
      label: `${park.name}：${history.step === 'year' ? '每年' : '每月'}的报道篇数`,
      bars: history.periods.map(({ period, count }) => ({
        period: chineseDate(period),
        count,
        href: searchHref({ ...about, [history.step]: [period] }),
      })),
    })}`;
}

function beside({ park, beside }: ParkPageView): SafeHtml | null {
  if (beside.length === 0) return null;
  const items = beside.map(({ id, name, count }) => {
    const compared = compareHref({ park: [park.id, id] });
    return html`<li>
      <a href="${text(parkHref(id))}"><bdi>${text(name)}</bdi></a>
      <span class="count">${text(groupDigits(count))} 篇</span> ·
      <a href="${text(compared)}" aria-label="与${text(name)}比较">比较</a>
    </li>`;
  });
  return html`<h2>常同时提到的园区</h2>
    ${list(items, 'beside')}`;
}

function findForm(park: ParkSummary): SafeHtml {
  return html`<form class="find" action="/search" method="get">
    <input type="hidden" name="park" value="${text(park.id)}" />
    <label for="in-park">在它的报道里检索</label>
    <input id="in-park" type="search" name="q" />
    <button type="submit">检索</button>
  </form>`;
}

function facts({ park, aliases, formerNames, note }: ParkPageView): SafeHtml {
  const place = park.city === park.province ? park.province : `${park.province} ${park.city}`;
  const former = formerNames.map(({ name, years }) =>
    years === null ? name : `${name}（${years}）`,
  );
  return html`<dl class="facts">
    ${nameFact('全称', park.fullName)} ${fact('类型', text(park.typeLabel))}
    ${nameFact('所在地', place)} ${nameFact('别名', aliases.join('、'))}
    ${nameFact('曾用名', former.join('、'))} ${nameFact('说明', note ?? '')}
    ${!park.listed && fact('名录', text('名称像园区，但不在园区名录中'))}
  </dl>`;
}

function nameFact(label: string, name: string): SafeHtml | null {
  return name.trim() === '' ? null : fact(label, html`<bdi>${text(name)}</bdi>`);
}

function sources({ park, sources }: ParkPageView): SafeHtml | null {
  if (sources.length === 0) return null;
  const items = sources.map(({ name, count }) =>
    countedItem(searchHref({ ...EMPTY_REQUEST, park: [park.id], source: [name] }), name, count),
  );
  return html`<h2>来源</h2>
    ${list(items, 'tiles')}`;
}

/** The words that tell a park's articles from the others, each leading to those that hold it. */
function parkWords({ park, words, sampled }: ParkPageView): SafeHtml | null {
  if (words.length === 0) return null;
  const items = words.map(({ word, articles }) => {
    const href = searchHref({ ...EMPTY_REQUEST, q: `"${word}"`, park: [park.id] });
    return countedItem(href, word, articles, ' 篇');
  });
  return html`<h2>特征词</h2>
    <p class="hint">
      与其余报道相比，这些词在它的报道里显著更常见（统计了 ${text(groupDigits(sampled))}
      篇，篇数为其中含该词的）。
    </p>
    ${list(items, 'tiles')}`;
}
