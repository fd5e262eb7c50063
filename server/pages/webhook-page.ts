import type { SavedSearch } from '../saved-searches/saved-searches.ts';
import type { WebhookState } from '../webhooks/webhook-store.ts';
import { layout, type PageShell } from './layout.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import { fact, hiddenFields, scrollTable } from './page-parts.ts';

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
        webhookTable([webhook], action, () => Object.entries({ token, act: 'remove' }))
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
  const told = html`<code class="copyable" id="webhook-secret">${text(secret)}</code>
    <p class="hint">
      接收方用它验证推送确实来自这里。它只在这里显示一次；遗失了就移除推送，再设一次。
    </p>`;
  return html`<dl class="facts">${fact('签名的密钥', told)}</dl>`;
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
    ${hiddenFields(Object.entries({ token, act: 'set' }))}
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

/** Webhooks with how they fare, each with a form that removes it; of an address only the host is shown. */
export function webhookTable(
  webhooks: readonly WebhookState[],
  action: string,
  fields: (webhook: WebhookState) => readonly (readonly [string, string])[],
): SafeHtml {
  const rows = webhooks.map((webhook) => {
    return html`<tr>
      <th scope="row"><bdi>${text(webhook.name)}</bdi></th>
      <td><bdi>${text(new URL(webhook.url).host)}</bdi></td>
      <td>${text(stateOf(webhook))}</td>
      <td>${text(timeOf(webhook.deliveredAt))}</td>
      <td>${text(timeOf(webhook.failedAt))}</td>
      <td>${webhook.problem !== null && text(webhook.problem)}</td>
      <td>
        <form method="post" action="${text(action)}">
          ${hiddenFields(fields(webhook))}
          <button type="submit">移除</button>
        </form>
      </td>
    </tr>`;
  });
  const columns = ['检索', '送往', '状况', '上次送达（UTC）', '上次未送达（UTC）', '原因', '移除'];
  return scrollTable('推送', columns, rows);
}

function stateOf({ state, givenUp }: WebhookState): string {
  switch (state) {
    case 'idle':
      return '正常';
    case 'waiting':
      return '等待送达';
    case 'given-up':
      return `放弃了 ${givenUp} 次，不再补送`;
    case 'paused':
      return `接连放弃 ${givenUp} 次，已暂停`;
  }
}

function timeOf(time: string | null): string {
  return time === null ? '没有' : time.slice(0, 16).replace('T', ' ');
}
