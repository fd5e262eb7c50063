import { chineseDate } from './date-text.ts';
import { SITE_NAME, groupDigits } from '../html/labels.ts';
import { countedItem, fact, list } from './page-parts.ts';
import { layout, type PageShell } from './layout.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import { EMPTY_REQUEST, searchHref, parkHref } from '../html/search-links.ts';

export interface StartPageView {
  readonly articles: number;
  /** Parks that at least one article names. */
  readonly parks: number;
  /** First and last date in the store, `YYYY[-MM[-DD]]`; null in an empty store. */
  readonly from: string | null;
  readonly to: string | null;
  /** The parks with the most articles, most first. */
  readonly topParks: readonly {
    readonly id: string;
    readonly name: string;
    readonly count: number;
  }[];
}

/** Searches that show what the box understands; all find something in the sample corpus. */
const EXAMPLES: readonly { readonly query: string; readonly shows: string }[] = [
  { query: '贵阳高新区', shows: '一个园区的报道' },
  { query: '貴陽高新區', shows: '繁体与简体互通' },
  { query: '概念验证', shows: '一个主题' },
  { query: '"集中开工"', shows: '逐字检索' },
  { query: '苏州工业园区 人工智能', shows: '园区与主题' },
  { query: '贵阳高新区 2022', shows: '园区与年份' },
];

/** `/` without a query: what is here, what to try, where to begin. */
export function startPage(shell: PageShell, view: StartPageView): SafeHtml {
  return layout(shell, {
    title: null,
    page: 'start',
    main: html`<div class="start">
      <h1>${text(SITE_NAME)}</h1>
      <p class="lead">
        检索有关高新区、经开区、保税区、新区等科技与产业园区的新闻报道。输入园区、企业或事件，结果随输入更新；每一个检索状态都有固定网址，可以收藏、转发和订阅。
      </p>
      ${figures(view)}
      <div id="recent"></div>
      <h2>试试这些</h2>
      ${list(EXAMPLES.map(exampleItem), 'examples')} ${topParks(view)}
    </div>`,
  });
}

function figures(view: StartPageView): SafeHtml {
  if (view.articles === 0)
    return html`<p class="notice">
      还没有收录任何报道。把文件交给 <code>npm run index -- 文件或文件夹</code>，收录后即可检索。
    </p>`;
  const { from, to } = view;
  return html`<dl class="figures">
    ${fact('报道', html`<a href="/search">${text(groupDigits(view.articles))} 篇</a>`)}
    ${fact('园区', html`<a href="/parks">${text(groupDigits(view.parks))} 个</a>`)}
    ${from !== null && to !== null && fact('时间', html`${text(chineseDate(from))} 至 ${text(chineseDate(to))}`)}
  </dl>`;
}

function exampleItem({ query, shows }: (typeof EXAMPLES)[number]): SafeHtml {
  const href = searchHref({ ...EMPTY_REQUEST, q: query });
  return html`<li>
    <a href="${text(href)}"><bdi>${text(query)}</bdi></a> <span>${text(shows)}</span>
  </li>`;
}

function topParks({ topParks }: StartPageView): SafeHtml | null {
  if (topParks.length === 0) return null;
  const items = topParks.map(({ id, name, count }) => countedItem(parkHref(id), name, count));
  return html`<h2>报道最多的园区</h2>
    ${list(items, 'tiles')}
    <p><a href="/parks">全部园区</a></p>`;
}
