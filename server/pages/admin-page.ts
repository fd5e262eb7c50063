import type { StoredFinding } from '../../indexer/store/findings.ts';
import { groupDigits } from './labels.ts';
import type { PageShell } from './layout.ts';
import { layout } from './layout.ts';
import type { SafeHtml } from './safe-html.ts';
import { html, text } from './safe-html.ts';

export interface AdminPageView {
  readonly articles: number;
  readonly rejected: number;
  readonly doubtful: number;
  /** Changes of the store that the index has not followed yet. */
  readonly waiting: number;
  /** The latest first. */
  readonly findings: readonly StoredFinding[];
}

/** `/admin`: what is in the store, how far the index is, and what could not be taken in and why. */
export function adminPage(shell: PageShell, view: AdminPageView): SafeHtml {
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
        <dt>拒收</dt>
        <dd>${text(groupDigits(view.rejected))} 处</dd>
        <dt>存疑</dt>
        <dd>${text(groupDigits(view.doubtful))} 处</dd>
      </dl>
      <h2>拒收与存疑的输入</h2>
      ${view.findings.length === 0 ? html`<p>没有。收录过的文件都已读入。</p>` : findingsTable(view.findings)}
      ${hidden > 0 && html`<p class="hint">另有 ${text(groupDigits(hidden))} 处较早的未列出。</p>`}`,
  });
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
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="拒收与存疑的输入">
    <table>
      <thead>
        <tr>
          <th scope="col">结果</th>
          <th scope="col">文件</th>
          <th scope="col">位置</th>
          <th scope="col">原因</th>
          <th scope="col">办法</th>
          <th scope="col">时间（UTC）</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
