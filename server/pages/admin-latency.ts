import type { Latency } from '../telemetry/latency.ts';
import type { Stage } from '../http/request-trace.ts';
import { STAGES } from '../http/request-trace.ts';
import { groupDigits } from '../html/labels.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { html, text } from '../html/safe-html.ts';
import { scrollTable } from './scroll-table.ts';

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
  const columns = ['步骤', '次数', '平均', '绝大多数（95%）'];
  return scrollTable('检索各步的用时', columns, rows);
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
