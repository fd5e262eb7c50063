import { layout, type PageShell } from './layout.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import { scrollTable } from './page-parts.ts';
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

export interface HelpExample {
  readonly query: string;
  readonly meaning: string;
}

/** The query language and what is understood besides, by queries that find something in the sample corpus. */
export const HELP_EXAMPLES: readonly {
  readonly title: string;
  readonly examples: readonly HelpExample[];
}[] = [
  {
    title: '怎样写检索词',
    examples: [
      { query: '贵阳高新区 大数据', meaning: '几个词用空格隔开：都要有，先后不限' },
      { query: '"集中开工"', meaning: '加引号：逐字相同；“”和「」也可以' },
      { query: '招商 -保税区', meaning: '词前加减号：不要含这个词的报道' },
      { query: '人才公寓 OR 跨境电商', meaning: 'OR 或 |：有其中一个即可' },
      { query: '(人才公寓 OR 跨境电商) -保税区', meaning: '括号：先合在一起，再与别的词并用' },
      { query: '标题:量子', meaning: '只在标题里找' },
      { query: '园区:苏州工业园区 人工智能', meaning: '只要提到这个园区的报道，用别名写的也算' },
      { query: '来源:示例科技报 贵阳', meaning: '只要这家报刊的' },
      {
        query: '日期:2021..2022-03 综保区',
        meaning: '只要这段时间的；可写年、月或日，一端可以空着，如 2023..',
      },
    ],
  },
  {
    title: '哪些写法会被认出',
    examples: [
      { query: '貴陽高新區', meaning: '繁体写的，简体的报道也找得到' },
      { query: '２０２２年 贵阳', meaning: '全角当作半角；年份当作日期' },
      { query: '2020年以来 高新区', meaning: '说时间的话：去年、近三年、2021年到2022年3月都可以' },
      { query: '贵阳国家高新区', meaning: '园区的别名、全称、曾用名' },
      { query: 'guiyang gaoxinqu', meaning: '园区名的拼音' },
      { query: '自贸区', meaning: '同义词：自贸试验区、自由贸易试验区也一并找' },
      { query: '贵阳高新区有哪些人才公寓？', meaning: '整句的问题：只用其中要紧的词' },
      { query: '42.6万件', meaning: '数字：报道里的数目也能检索' },
    ],
  },
];
