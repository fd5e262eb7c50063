import type { WebhookState } from '../webhooks/webhook-store.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { html, text } from '../html/safe-html.ts';
import { scrollTable } from './scroll-table.ts';

/** Webhooks with how they fare, each with a form that removes it; of an address only the host is shown. */
export function webhookTable(
  webhooks: readonly WebhookState[],
  removal: (webhook: WebhookState) => {
    readonly action: string;
    readonly fields: readonly SafeHtml[];
  },
): SafeHtml {
  const rows = webhooks.map((webhook) => {
    const { action, fields } = removal(webhook);
    return html`<tr>
      <th scope="row"><bdi>${text(webhook.name)}</bdi></th>
      <td><bdi>${text(new URL(webhook.url).host)}</bdi></td>
      <td>${text(stateOf(webhook))}</td>
      <td>${text(timeOf(webhook.deliveredAt))}</td>
      <td>${text(timeOf(webhook.failedAt))}</td>
      <td>${webhook.problem !== null && text(webhook.problem)}</td>
      <td>
        <form method="post" action="${text(action)}">
          ${fields}
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
