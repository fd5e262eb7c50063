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
