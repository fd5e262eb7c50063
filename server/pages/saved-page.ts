import { fact } from './page-parts.ts';
import { layout, type PageShell } from './layout.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import { withQuery } from '../html/search-links.ts';
import type { SavedSearchResponse } from '../api/saved-search-schema.ts';
import { webhookAddress } from './webhook-page.ts';

export interface SavedPageView {
  /** `POST /saved` was refused: what is wrong, one sentence each, with what was typed. */
  readonly rejected?: {
    readonly problems: readonly string[];
    readonly name: string;
    readonly query: string;
  };
}

/** `/saved`: the searches that this browser keeps; the list itself is drawn by the browser code. */
export function savedPage(shell: PageShell, view: SavedPageView = {}): SafeHtml {
  return layout(shell, {
    title: '已存检索',
    page: 'saved',
    main: html`<div class="prose">
      <h1>已存检索</h1>
      ${view.rejected !== undefined && rejectedForm(view.rejected)}
      <p>
        清单和改名、删除用的口令只保存在这个浏览器里；保存的检索本身在服务器上，任何人有链接都能打开。
      </p>
      <div id="saved-list">
        <noscript
          ><p class="notice">
            浏览器没有启用脚本，无法读出本机的清单。保存时得到的链接仍然可以直接打开。
          </p></noscript
        >
      </div>
      <h2>怎样保存一个检索</h2>
      <p>
        在<a href="/search">检索页</a
        >选好检索词和筛选，点结果下方的“保存这一检索”，起一个名字。保存后会得到一个固定链接，以及可以用阅读器订阅的
        Atom 与 JSON 更新源。“新增”按收录的先后算，今天才收录的旧报纸也算新增。
      </p>
    </div>`,
  });
}

function rejectedForm({ problems, name, query }: NonNullable<SavedPageView['rejected']>): SafeHtml {
  return html`<form
    class="save-again"
    method="post"
    action="/saved"
    aria-labelledby="rejected-title"
  >
    <h2 id="rejected-title">还没有保存</h2>
    <ul class="problems" id="save-problems">
      ${problems.map((problem) => html`<li>${text(problem)}</li>`)}
    </ul>
    <label for="save-name">名称</label>
    <input
      id="save-name"
      name="name"
      required
      maxlength="100"
      aria-describedby="save-problems"
      value="${text(name)}"
    />
    <input type="hidden" name="query" value="${text(query)}" />
    <button type="submit">保存</button>
    <p class="hint"><a href="${text(withQuery('/search', query))}">回到这个检索</a></p>
  </form>`;
}

export interface SavedCreatedView {
  readonly saved: SavedSearchResponse;
  /** Told here and never again. */
  readonly token: string;
}

/** The answer to saving a search: its link, its feeds, and the token that changes it. */
export function savedCreatedPage(shell: PageShell, { saved, token }: SavedCreatedView): SafeHtml {
  return layout(shell, {
    title: '已保存',
    page: 'saved',
    main: html`<div
      class="prose"
      id="created"
      data-id="${text(saved.id)}"
      data-name="${text(saved.name)}"
      data-query="${text(saved.query)}"
      data-link="${text(saved.link)}"
      data-token="${text(token)}"
    >
      <h1>已保存“<bdi>${text(saved.name)}</bdi>”</h1>
      <dl class="facts">
        ${copyableLink('链接', 'saved-link', saved.link)}
        ${copyableLink('Atom 更新源', 'saved-atom', saved.feedAtom)}
        ${copyableLink('JSON 更新源', 'saved-json', saved.feedJson)}
        ${fact(
          '口令',
          html`<code class="copyable" id="saved-token">${text(token)}</code>
            <p class="hint">
              改名、删除和设推送要用口令。它只在这里显示一次；启用脚本时，这个浏览器会替您记住。
            </p>`,
        )}
      </dl>
      <p>
        <a class="button" href="${text(withQuery('/search', saved.query))}">回到检索</a>
        <a href="/saved">已存检索</a> · <a href="${text(webhookAddress(saved.id))}">推送</a>
      </p>
    </div>`,
  });
}

function copyableLink(label: string, id: string, href: string): SafeHtml {
  const link = html`<a class="copyable" id="${text(id)}" href="${text(href)}">${text(href)}</a>`;
  return fact(label, link);
}
