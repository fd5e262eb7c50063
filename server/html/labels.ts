import type { ExportFormat } from '../../indexer/documents/export-formats.ts';
import type { FacetName, SearchHit, SearchRequest } from '../api/search-schema.ts';

export const SITE_NAME = '园区新闻检索';

export const FACET_LABELS: Readonly<Record<FacetName, string>> = {
  park: '园区',
  province: '省份',
  type: '园区类型',
  source: '来源',
  year: '年份',
  month: '月份',
  kind: '体裁',
};

export const RANGE_LABELS = { from: '起', to: '止' } as const;

export const KIND_LABELS: Readonly<Record<SearchHit['kind'], string>> = {
  story: '报道',
  brief: '简讯',
  photo: '图片',
};

export const SORT_LABELS: Readonly<Record<SearchRequest['sort'], string>> = {
  relevance: '相关度',
  newest: '最新在前',
  oldest: '最早在前',
};

export const EXPORT_LABELS: Readonly<Record<ExportFormat, string>> = {
  csv: 'CSV',
  jsonl: 'JSON Lines',
  ris: 'RIS',
};

const grouped = new Intl.NumberFormat('en-US');

/** `12,345`, the same on every machine whatever its locale data. */
export function groupDigits(count: number): string {
  // Most counts are small, and a page has hundreds of them.
  return count < 1000 ? String(count) : grouped.format(count);
}

/** A query, or a phrase of one, as a heading, window title or message can bear it. */
export function clip(query: string): string {
  const characters = Array.from(query.slice(0, 200));
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : query;
}
