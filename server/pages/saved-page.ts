import { layout } from './layout.ts';
import type { PageShell } from './layout.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { withQuery } from '../html/search-links.ts';

/** A form that was sent and has to be shown again. */
interface RejectedForm {
  /** One sentence each, in Chinese. */
  readonly problems: readonly string[];
  readonly name: string;
  readonly query: string;
}

export interface SavedPageView {
  /** `POST /saved` was refused: what is wrong, with what was typed. */
  readonly rejected?: RejectedForm;
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

function rejectedForm({ problems, name, query }: RejectedForm): SafeHtml {
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
