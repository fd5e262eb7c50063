import { list } from './page-parts.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { layout, type PageShell } from './layout.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';

export interface ErrorPageView {
  readonly status: keyof typeof WORDS;
  /** What is wrong, one sentence each: `from：日期应写作 2022、2022-03 或 2022-03-01`. */
  readonly problems: readonly string[];
  /** The place in what was sent, as it was sent. */
  readonly detail?: string;
  /** Path and query that failed, offered again on 503. */
  readonly address: string;
  /** Under which the log knows the request. */
  readonly requestId: string;
  /** What was searched for, when that could be read. */
  readonly request?: SearchRequest;
}

/** What is said of each status, and what to do. */
const WORDS = {
  400: ['这个请求看不懂', '请按下面的说明修改后再试。'],
  401: ['需要登录', '请按浏览器的提示登录；没有口令，请向管理员索取。'],
  403: ['不能这样做', '请按下面的说明，换一种方式再试。'],
  404: [
    '没有这一页',
    '网址可能抄错了，或者这篇报道已经移除。可以在上面的框里检索，或者从园区一览找起。',
  ],
  405: ['这里不接受这样的请求', '请从页面上的按钮或链接操作。'],
  413: ['内容太长', '请缩短后再试。'],
  429: ['请求太频繁', '请稍等片刻再试。'],
  500: ['服务器出错了', '问题已经记入日志。请稍后再试；如果一直如此，请告诉管理员。'],
  503: ['暂时不可用', '通常几秒钟就好，会自动恢复。报道都还在，不会丢失。'],
} as const;

/** The page for a request that cannot be answered: what is wrong and what to do. */
export function errorPage(shell: PageShell, view: ErrorPageView): SafeHtml {
  const [title, advice] = WORDS[view.status];
  const problems =
    view.problems.length > 0 &&
    list(
      view.problems.map((problem) => html`<li dir="auto">${text(problem)}</li>`),
      'problems',
    );
  const detail = view.detail !== undefined && html`<pre translate="no">${text(view.detail)}</pre>`;
  const again =
    (view.status === 503 || view.status === 429) &&
    html`<p><a class="button" href="${text(localAddress(view.address))}">再试一次</a></p>`;
  return layout(shell, {
    title,
    page: 'error',
    request: view.request,
    main: html`<div class="prose">
      <h1>${text(title)}</h1>
      <p>${text(advice)}</p>
      ${problems} ${detail} ${again}
      <p class="hint">
        状态码 ${text(view.status)} · 请求编号 <code>${text(view.requestId)}</code> ·
        <a href="/">回到首页</a> · <a href="/parks">园区一览</a>
      </p>
    </div>`,
  });
}

/** The address when it stays on this site: `//host` and `\` would lead elsewhere. */
function localAddress(address: string): string {
  return /^\/(?![/\\])/.test(address) ? address : '/';
}
