import type { Latency } from '../telemetry/latency.ts';
import type { Stage } from '../telemetry/request-trace.ts';
import { STAGES } from '../telemetry/request-trace.ts';
import { groupDigits } from './labels.ts';
import type { SafeHtml } from './safe-html.ts';
import { html, text } from './safe-html.ts';

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
export function stageTable(latencies: ReadonlyMap<string, Latency>): SafeHtml {
  const rows = STAGES.flatMap((stage) => {
    const latency = latencies.get(stage);
    return latency === undefined ? [] : [row(STAGE_LABELS[stage], latency)];
  });
  if (rows.length === 0) return html`<p>启动以来还没有检索。</p>`;
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="检索各步的用时">
    <table>
      <thead>
        <tr>
          <th scope="col">步骤</th>
          <th scope="col">次数</th>
          <th scope="col">平均</th>
          <th scope="col">绝大多数（95%）</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function row(label: string, { times, meanMs, mostlyWithinMs }: Latency): SafeHtml {
  return html`<tr>
    <th scope="row">${text(label)}</th>
    <td>${text(groupDigits(times))}</td>
    <td>${text(meanMs.toFixed(1))} 毫秒</td>
    <td>
      ${text(mostlyWithinMs === null ? '超过 10 秒' : `不超过 ${Math.round(mostlyWithinMs * 10) / 10} 毫秒`)}
    </td>
  </tr>`;
}
