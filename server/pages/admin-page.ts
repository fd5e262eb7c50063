import type { StoredFinding } from '../../indexer/store/findings.ts';
import type { Rebuilding, ServiceState } from '../telemetry/service-state.ts';
import type { MetricsSummary } from '../telemetry/summarise-metrics.ts';
import type { WebhookState } from '../webhooks/webhook-store.ts';
import { stateFacts } from './admin-state.ts';
import { stageTable } from './admin-latency.ts';
import { groupDigits } from '../html/labels.ts';
import type { PageShell } from './layout.ts';
import { layout } from './layout.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { html, text } from '../html/safe-html.ts';
import { scrollTable } from './scroll-table.ts';
import { webhookTable } from './webhook-table.ts';

export interface AdminPageView {
  readonly articles: number;
  readonly rejected: number;
  readonly doubtful: number;
  /** Changes of the store that the index has not followed yet. */
  readonly waiting: number;
  /** When the index that answers was begun, ISO 8601; null without one. */
  readonly indexMadeAt: string | null;
  readonly rebuilding: Rebuilding | null;
  readonly state: Readonly<ServiceState>;
  readonly summary: MetricsSummary;
  /** The latest first. */
  readonly findings: readonly StoredFinding[];
  readonly webhooks: readonly WebhookState[];
}

/** `/admin`: store, index and engine, how searches went, and what could not be taken in and why. */
export function adminPage(shell: PageShell, view: AdminPageView): SafeHtml {
  const { searches, slow, errors, atHand, stages, engineQueue } = view.summary;
  const hidden = view.rejected + view.doubtful - view.findings.length;
  return layout(shell, {
    title: '管理',
    page: 'admin',
    main: html`<h1>管理</h1>
      <dl class="facts">
        <dt>文章</dt>
        <dd>${text(groupDigits(view.articles))} 篇</dd>
        <dt>索引</dt>
        <dd>
          ${text(view.waiting === 0 ? '与文章库一致' : `还有 ${groupDigits(view.waiting)} 处改动待写入`)}
        </dd>
        ${
          view.indexMadeAt !== null &&
          html`<dt>索引建于</dt>
            <dd>${text(view.indexMadeAt.slice(0, 16).replace('T', ' '))} UTC</dd>`
        }
        ${stateFacts(view)}
        <dt>检索引擎待办</dt>
        <dd>${text(engineQueue === null ? '不详' : `${groupDigits(engineQueue)} 项`)}</dd>
        <dt>拒收</dt>
        <dd>${text(groupDigits(view.rejected))} 处</dd>
        <dt>存疑</dt>
        <dd>${text(groupDigits(view.doubtful))} 处</dd>
      </dl>
      <h2>启动以来</h2>
      <dl class="facts">
        <dt>回答的检索</dt>
        <dd>
          ${text(`${groupDigits(searches.times)} 次，平均 ${Math.round(searches.meanMs)} 毫秒`)}
        </dd>
        <dt>较慢的检索</dt>
        <dd>${text(groupDigits(slow))} 次</dd>
        <dt>现成的答案</dt>
        <dd>${text(share(atHand.answers))}</dd>
        <dt>现成的排序</dt>
        <dd>${text(share(atHand.ranked))}</dd>
        <dt>现成的短语</dt>
        <dd>${text(share(atHand.phrases))}</dd>
        <dt>出错的请求</dt>
        <dd>${text(groupDigits(errors))} 次</dd>
      </dl>
      <h2>检索各步的用时</h2>
      ${stageTable(stages)}
      <h2 id="webhooks">推送</h2>
      ${view.webhooks.length === 0 ? html`<p>没有。</p>` : webhookTable(view.webhooks, removal)}
      <h2>拒收与存疑的输入</h2>
      ${view.findings.length === 0 ? html`<p>没有。收录过的文件都已读入。</p>` : findingsTable(view.findings)}
      ${hidden > 0 && html`<p class="hint">另有 ${text(groupDigits(hidden))} 处较早的未列出。</p>`}`,
  });
}

function removal({ searchId }: WebhookState) {
  return {
    action: '/admin/webhooks/remove',
    fields: [html`<input type="hidden" name="id" value="${text(searchId)}" />`],
  };
}

function share(of100: number | null): string {
  return of100 === null ? '不详' : `${of100}%`;
}

function findingsTable(findings: readonly StoredFinding[]): SafeHtml {
  const rows = findings.map(
    ({ severity, file, place, reason, remedy, foundAt }) =>
      html`<tr>
        <td>${text(severity === 'rejected' ? '拒收' : '存疑')}</td>
        <th scope="row"><bdi>${text(file)}</bdi></th>
        <td><bdi>${text(place)}</bdi></td>
        <td><bdi>${text(reason)}</bdi></td>
        <td><bdi>${text(remedy)}</bdi></td>
        <td>${text(foundAt.slice(0, 16).replace('T', ' '))}</td>
      </tr>`,
  );
  const columns = ['结果', '文件', '位置', '原因', '办法', '时间（UTC）'];
  return scrollTable('拒收与存疑的输入', columns, rows);
}
