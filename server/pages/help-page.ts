import { layout } from './layout.ts';
import type { PageShell } from './layout.ts';
import { html, text } from './safe-html.ts';
import type { SafeHtml } from './safe-html.ts';
import { EMPTY_REQUEST, searchHref } from './search-links.ts';

const EXAMPLES: readonly { readonly query: string; readonly meaning: string }[] = [
  { query: '贵阳高新区 大数据', meaning: '几个词用空格隔开：都要有，词的先后不限' },
  { query: '"集中开工"', meaning: '加引号：逐字相同' },
  { query: '招商 -保税区', meaning: '词前加减号：不要含这个词的报道' },
  { query: '贵阳国家高新区', meaning: '园区的别名、全称、曾用名都认得' },
  { query: '貴陽高新區', meaning: '繁体、全角自动换成简体、半角；改写会显示在结果上方，可以撤销' },
  { query: '2022', meaning: '数字也能检索，找得到“2022年”' },
];

/** `/help`: how to search, by examples that can be clicked. */
export function helpPage(shell: PageShell): SafeHtml {
  const rows = EXAMPLES.map(
    ({ query, meaning }) =>
      html`<tr>
        <th scope="row">
          <a href="${text(searchHref({ ...EMPTY_REQUEST, q: query }))}">${text(query)}</a>
        </th>
        <td>${text(meaning)}</td>
      </tr>`,
  );
  return layout(shell, {
    title: '检索帮助',
    page: 'help',
    main: html`<div class="prose">
      <h1>检索帮助</h1>
      <h2>怎样写检索词</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">例子</th>
              <th scope="col">意思</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
      <h2>筛选</h2>
      <p>
        结果旁边可以按园区、省份、园区类型、来源、日期和体裁缩小范围。同一栏选几个是“任一”，不同栏之间是“并且”。用过的筛选列在结果上方，点一下就去掉。
      </p>
      <h2>键盘</h2>
      <ul>
        <li>
          <kbd>/</kbd> 跳到检索框；<kbd>↑</kbd> <kbd>↓</kbd> 选联想词，<kbd>Enter</kbd> 确定，<kbd
            >Esc</kbd
          >
          收起。
        </li>
        <li>在报道页，<kbd>n</kbd> 跳到下一处匹配，<kbd>p</kbd> 跳到上一处。</li>
      </ul>
      <h2>保存与导出</h2>
      <p>结果下方可以把检索存成固定链接和更新源，也可以把全部结果导出为 CSV、JSON Lines 或 RIS。</p>
    </div>`,
  });
}
