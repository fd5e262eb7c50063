import type { SavedSearchResponse } from '../api/saved-search-schema.ts';
import { layout } from './layout.ts';
import type { PageShell } from './layout.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { webhookAddress } from './webhook-page.ts';
import { withQuery } from '../html/search-links.ts';

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
        <div>
          <dt>链接</dt>
          <dd>
            <a class="copyable" id="saved-link" href="${text(saved.link)}">${text(saved.link)}</a>
          </dd>
        </div>
        <div>
          <dt>Atom 更新源</dt>
          <dd>
            <a class="copyable" id="saved-atom" href="${text(saved.feedAtom)}"
              >${text(saved.feedAtom)}</a
            >
          </dd>
        </div>
        <div>
          <dt>JSON 更新源</dt>
          <dd>
            <a class="copyable" id="saved-json" href="${text(saved.feedJson)}"
              >${text(saved.feedJson)}</a
            >
          </dd>
        </div>
        <div>
          <dt>口令</dt>
          <dd>
            <code class="copyable" id="saved-token">${text(token)}</code>
            <p class="hint">
              改名、删除和设推送要用口令。它只在这里显示一次；启用脚本时，这个浏览器会替您记住。
            </p>
          </dd>
        </div>
      </dl>
      <p>
        <a class="button" href="${text(withQuery('/search', saved.query))}">回到检索</a>
        <a href="/saved">已存检索</a> · <a href="${text(webhookAddress(saved.id))}">推送</a>
      </p>
    </div>`,
  });
}
