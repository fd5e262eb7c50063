import type { SavedSearch } from '../saved-searches/saved-searches.ts';
import type { WebhookState } from '../webhooks/webhook-store.ts';
import { layout } from './layout.ts';
import type { PageShell } from './layout.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { html, text } from '../html/safe-html.ts';
import { webhookTable } from './webhook-table.ts';

export interface WebhookPageView {
  readonly saved: Pick<SavedSearch, 'id' | 'name'>;
  /** The saved search's; undefined: it has to be typed first. */
  readonly token?: string | undefined;
  readonly webhook?: WebhookState | null;
  /** Of a new webhook: told here and never again. */
  readonly secret?: string | null;
  /** Why what was asked was not done, in Chinese. */
  readonly problem?: string;
}

/** `/s/:id/webhook`: asks for the token; then tells how the webhook fares, and sets or removes it. */
export function webhookPage(shell: PageShell, view: WebhookPageView): SafeHtml {
  const { saved, token, webhook = null, secret = null, problem } = view;
  const action = webhookAddress(saved.id);
  return layout(shell, {
    title: '推送',
    page: 'saved',
    main: html`<div class="prose">
      <h1>推送“<bdi>${text(saved.name)}</bdi>”</h1>
      <p>有新文章时以 POST 把 JSON 送到一个网址，附有签名；对方没有收下就再送，最多 20 次。</p>
      ${
        problem !== undefined &&
        html`<ul class="problems" id="webhook-problems">
          <li>${text(problem)}</li>
        </ul>`
      }
      ${secret !== null && secretNotice(secret)}
      ${
        token !== undefined &&
        webhook !== null &&
        webhookTable([webhook], () => ({ action, fields: hidden({ token, act: 'remove' }) }))
      }
      ${token === undefined ? tokenForm(action) : settingForm(action, token, webhook)}
      <p><a href="/saved">已存检索</a></p>
    </div>`,
  });
}

/** The address of the page for a saved search's webhook. */
export function webhookAddress(id: string): string {
  return `/s/${encodeURIComponent(id)}/webhook`;
}

function secretNotice(secret: string): SafeHtml {
  return html`<dl class="facts">
    <div>
      <dt>签名的密钥</dt>
      <dd>
        <code class="copyable" id="webhook-secret">${text(secret)}</code>
        <p class="hint">
          接收方用它验证推送确实来自这里。它只在这里显示一次；遗失了就移除推送，再设一次。
        </p>
      </dd>
    </div>
  </dl>`;
}

function tokenForm(action: string): SafeHtml {
  return html`<form class="save-again" method="post" action="${text(action)}">
    <label for="webhook-token">口令</label>
    <input id="webhook-token" name="token" type="password" required autocomplete="off" />
    <button type="submit">查看推送</button>
    <p class="hint">保存这个检索时得到的口令。</p>
  </form>`;
}

function settingForm(action: string, token: string, webhook: WebhookState | null): SafeHtml {
  const [label, hint] =
    webhook === null
      ? ['设推送', '此后收录的新文章会送往这个网址。']
      : webhook.state === 'paused'
        ? ['重新开启', '暂停以来收录的新文章会接着送；放弃了的不再补送。']
        : ['更改网址', '放弃了的不再补送。'];
  return html`<form class="save-again" method="post" action="${text(action)}">
    ${hidden({ token, act: 'set' })}
    <label for="webhook-url">推送网址</label>
    <input
      id="webhook-url"
      name="url"
      type="url"
      required
      maxlength="2000"
      placeholder="https://…"
      value="${text(webhook?.url ?? '')}"
    />
    <button type="submit">${text(label)}</button>
    <p class="hint">${text(hint)}</p>
  </form>`;
}

function hidden(fields: Readonly<Record<string, string>>): SafeHtml[] {
  return Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${text(name)}" value="${text(value)}" />`,
  );
}
