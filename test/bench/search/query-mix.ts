/** A question as people ask it, and how. */
export interface MixedQuery {
  readonly kind: 'short' | 'long' | 'phrase' | 'park' | 'date' | 'facet' | 'deep';
  readonly q: string;
  /** Further parameters of our own addresses. */
  readonly further?: Readonly<Record<string, string>>;
}

/** Short, long, quoted, about a park, of a time, narrowed by a facet, and a page far down. */
export const QUERY_MIX: readonly MixedQuery[] = [
  { kind: 'short', q: '跨境电商' },
  { kind: 'short', q: '人才' },
  { kind: 'short', q: '中欧班列' },
  { kind: 'short', q: '营商环境 优化' },
  { kind: 'long', q: '集成电路 企业 研发 投入 增长' },
  { kind: 'long', q: '哪些地区发布了暴雨预警' },
  { kind: 'long', q: '生物医药 实验平台 共享' },
  { kind: 'phrase', q: '"乡村振兴"' },
  { kind: 'phrase', q: '"绿色低碳发展"' },
  { kind: 'park', q: '贵阳高新区' },
  { kind: 'park', q: '苏州工业园区 签约' },
  { kind: 'date', q: '2022年 绿色低碳' },
  { kind: 'facet', q: '企业 创新', further: { kind: 'story' } },
  { kind: 'deep', q: '发展', further: { page: '20' } },
];
