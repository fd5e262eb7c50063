import type { StoredFinding } from '../../indexer/store/findings.ts';
import type { Rebuilding, ServiceState } from '../telemetry/service-state.ts';
import type { MetricsSummary } from '../telemetry/summarise-metrics.ts';
import type { WebhookState } from '../webhooks/webhook-store.ts';
import { groupDigits } from '../html/labels.ts';
import { layout, type PageShell } from './layout.ts';
import { html, text, type Insert, type SafeHtml } from '../html/safe-html.ts';
import { scrollTable } from './page-parts.ts';
import { webhookTable } from './webhook-page.ts';
import type { Latency } from '../telemetry/latency.ts';
import { STAGES, type Stage } from '../http/request-trace.ts';

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
      ${factList([
        ['文章', text(`${groupDigits(view.articles)} 篇`)],
        [
          '索引',
          text(
            view.waiting === 0 ? '与文章库一致' : `还有 ${groupDigits(view.waiting)} 处改动待写入`,
          ),
        ],
        ['索引建于', view.indexMadeAt !== null && text(`${minute(view.indexMadeAt)} UTC`)],
        ...stateFacts(view),
        ['检索引擎待办', text(engineQueue === null ? '不详' : `${groupDigits(engineQueue)} 项`)],
        ['拒收', text(`${groupDigits(view.rejected)} 处`)],
        ['存疑', text(`${groupDigits(view.doubtful)} 处`)],
      ])}
      <h2>启动以来</h2>
      ${factList([
        [
          '回答的检索',
          text(`${groupDigits(searches.times)} 次，平均 ${Math.round(searches.meanMs)} 毫秒`),
        ],
        ['较慢的检索', text(`${groupDigits(slow)} 次`)],
        ['现成的答案', text(share(atHand.answers))],
        ['现成的排序', text(share(atHand.ranked))],
        ['现成的短语', text(share(atHand.phrases))],
        ['出错的请求', text(`${groupDigits(errors)} 次`)],
      ])}
      <h2>检索各步的用时</h2>
      ${stageTable(stages)}
      <h2 id="webhooks">推送</h2>
      ${view.webhooks.length === 0 ? html`<p>没有。</p>` : webhookTable(view.webhooks, '/admin/webhooks/remove', ({ searchId }) => [['id', searchId]])}
      <h2>拒收与存疑的输入</h2>
      ${view.findings.length === 0 ? html`<p>没有。收录过的文件都已读入。</p>` : findingsTable(view.findings)}
      ${hidden > 0 && html`<p class="hint">另有 ${text(groupDigits(hidden))} 处较早的未列出。</p>`}`,
  });
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
        <td>${text(minute(foundAt))}</td>
      </tr>`,
  );
  const columns = ['结果', '文件', '位置', '原因', '办法', '时间（UTC）'];
  return scrollTable('拒收与存疑的输入', columns, rows);
}

const STAGE_LABELS: Readonly<Record<Stage, string>> = {
  parse: '读懂检索式',
  rewrite: '改写',
  engine: '询问检索引擎',
  verify: '核对原文',
  rank: '排定先后',
  read: '取出文章',
  facets: '统计各项篇数',
  highlight: '标出匹配处',
  render: '写成网页',
};

/** How long each stage of a search took, those that have happened. */
function stageTable(latencies: ReadonlyMap<string, Latency>): SafeHtml {
  const rows = STAGES.flatMap((stage) => {
    const latency = latencies.get(stage);
    if (latency === undefined) return [];
    const { times, meanMs, mostlyWithinMs } = latency;
    const within =
      mostlyWithinMs === null
        ? '超过 10 秒'
        : `不超过 ${Math.round(mostlyWithinMs * 10) / 10} 毫秒`;
    return html`<tr>
      <th scope="row">${text(STAGE_LABELS[stage])}</th>
      <td>${text(groupDigits(times))}</td>
      <td>${text(meanMs.toFixed(1))} 毫秒</td>
      <td>${text(within)}</td>
    </tr>`;
  });
  if (rows.length === 0) return html`<p>启动以来还没有检索。</p>`;
  return scrollTable('检索各步的用时', ['步骤', '次数', '平均', '绝大多数（95%）'], rows);
}

/** Whether the index is being made anew, what the last audit showed, and which word lists are in use. */
function stateFacts({ rebuilding, state }: AdminPageView): Fact[] {
  const { lastAudit, wordListsReadAt, wordListProblem, isTakingUpWordLists } = state;
  const progress = rebuilding?.progress ?? null;
  return [
    ['正在重建', rebuilding !== null && text(rebuilding.reason)],
    ['重建进度', progress !== null && text(`${progress}%`)],
    ['与文章库抽查核对', text(lastAudit === null ? '还没有' : `${minute(lastAudit.at)} UTC`)],
    [
      '核对结果',
      lastAudit !== null && text(lastAudit.fault ?? `抽查 ${lastAudit.checked} 篇，都相符`),
    ],
    ['词表读入于', text(`${minute(wordListsReadAt)} UTC`)],
    ['改过的词表', isTakingUpWordLists && text('正在据此重做标注与索引，做好后采用')],
    [
      '改过的词表有误，仍用原来的',
      wordListProblem !== null && html`<bdi>${text(wordListProblem)}</bdi>`,
    ],
  ];
}

/** A label and what is said of it; null and false leave it out. */
type Fact = readonly [label: string, value: Insert];

function factList(facts: readonly Fact[]): SafeHtml {
  const said = facts.filter(([, value]) => value !== null && value !== false);
  return html`<dl class="facts">
    ${said.map(
      ([label, value]) =>
        html`<dt>${text(label)}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

/** `2025-01-02 03:04` */
function minute(time: Date | string): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
