import { HELP_EXAMPLES } from './help-examples.ts';
import type { HelpExample } from './help-examples.ts';
import { layout } from './layout.ts';
import type { PageShell } from './layout.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { scrollTable } from './scroll-table.ts';
import { EMPTY_REQUEST, searchHref } from '../html/search-links.ts';

/** `/help`: how to search, by examples that can be clicked, and what else the pages can do. */
export function helpPage(shell: PageShell): SafeHtml {
  const [language, understood] = HELP_EXAMPLES.map(
    ({ title, examples }) =>
      html`<h2>${text(title)}</h2>
        ${scrollTable(title, ['例子', '意思'], examples.map(exampleRow))}`,
  );
  return layout(shell, {
    title: '检索帮助',
    page: 'help',
    main: html`<div class="prose">
      <h1>检索帮助</h1>
      ${language}
      <p>引号、括号、冒号全角半角都可以。写错的符号会略去，并在结果上方说明。</p>
      ${understood}
      <p>换了写法的地方列在结果上方，点“撤销”就按原样检索。</p>
      <h2>筛选</h2>
      <p>
        结果旁边可以按日期、园区、省份、园区类型、来源和体裁缩小范围。同一栏选几个是“任一”，不同栏之间是“并且”。用过的筛选列在结果上方，点一下就去掉。日期图可以点一条，也可以拖选一段。
      </p>
      <h2>报道与园区</h2>
      <ul>
        <li>
          报道页标出检索词，列出内容相同的报道及其差别、相关报道和引用格式，还能看原来的版面。
        </li>
        <li>
          <a href="/parks">园区一览</a
          >列出报道提到的园区；每个园区一页，有历年篇数、特征词和最近的报道；<a href="/compare"
            >园区对比</a
          >把几个园区放在一起看。
        </li>
      </ul>
      <h2>保存与导出</h2>
      <p>
        结果下方可以把检索存成固定链接和更新源，也可以把全部结果导出为 CSV、JSON Lines 或
        RIS。存下的检索在<a href="/saved">已存检索</a>里改名、删除、设推送，清单可以导出为 OPML。
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
    </div>`,
  });
}

function exampleRow({ query, meaning }: HelpExample): SafeHtml {
  return html`<tr>
    <th scope="row">
      <a href="${text(searchHref({ ...EMPTY_REQUEST, q: query }))}"><bdi>${text(query)}</bdi></a>
    </th>
    <td>${text(meaning)}</td>
  </tr>`;
}
