import { describe, expect, it } from 'vitest';
import { createParkNameFinder } from '../../../indexer/annotators/park-names.ts';
import { createDateRewriter } from '../../../server/rewrites/date.ts';
import { gazetteer, rewritten } from './rewriting.ts';

const rewriters = [createDateRewriter(createParkNameFinder(gazetteer))];

describe('createDateRewriter', () => {
  it.each([
    ['2021年', '日期:2021'],
    ['去年', '日期:2025'],
    ['招商 去年', '招商 日期:2025'],
    ['去年 招商', '招商 日期:2025'],
    ['2021年 3月', '日期:2021-03'],
    ['今年 上半年 招商', '招商 日期:2026-01..2026-06'],
    ['2021年 2022年', '日期:2021 OR 日期:2022'],
    ['2021年 OR 招商', '日期:2021 OR 招商'],
    ['招商 -2021年', '招商 -日期:2021'],
    ['贵阳高新区2021年', '贵阳高新区 日期:2021'],
    ['2021年的贵阳高新区', '贵阳高新区 日期:2021'],
    ['贵阳高新区去年招商', '贵阳高新区 招商 日期:2025'],
    ['去年招商引资', '招商引资 日期:2025'],
  ])('narrows %s to %s', (query, expected) => {
    expect(rewritten(query, rewriters).query).toBe(expected);
    expect(rewritten(query, rewriters).applied).not.toEqual([]);
  });

  it.each([
    [
      '2022年上半年合肥高新区的产值是多少',
      '(2022年上半年 OR 日期:2022-01..2022-06) 合肥高新区的产值是多少',
    ],
    ['合肥高新区去年的产值是多少', '合肥高新区 (去年 OR 日期:2025) 产值是多少'],
    ['2021年营商环境', '(2021年 OR 日期:2021) 营商环境'],
    ['上半年经济形势', '(上半年 OR 日期:2026-01..2026-06) 经济形势'],
  ])('takes the date in %s as a hint', (query, expected) => {
    expect(rewritten(query, rewriters).query).toBe(expected);
  });

  it.each([
    ['a bare number', '2022 招商'],
    ['a fiscal year', '2022年度报告'],
    ['the end of a year', '2021年底'],
    ['a month’s end', '2021年3月底'],
    ['another word: 今年轻', '今年轻人'],
    ['another word: 接近一年', '工期接近一年'],
    ['a span of years', '2022年前三季度'],
    ['the middle of a text', '贵州在2021年招商'],
    ['a headline', '今年前三季度全国规模以上工业企业利润增长'],
    ['a long headline without a park', '2022年世界人工智能大会在上海开幕'],
    ['titles', '标题:2021年'],
    ['phrases', '"2021年"'],
    ['a longer exclusion', '-2021年招商'],
    ['fields', '园区:2021年'],
  ])('leaves %s alone', (_, query) => {
    expect(rewritten(query, rewriters)).toMatchObject({ query, applied: [] });
  });

  it('makes no more alternatives than the engine takes', () => {
    const years = Array.from({ length: 40 }, (_, at) => `${1980 + at}年`).join(' ');
    expect(rewritten(years, rewriters).applied).toHaveLength(8);
  });

  it('can be undone', () => {
    expect(rewritten('去年 今年', rewriters, ['去年'])).toMatchObject({
      query: '去年 日期:2026',
      applied: ['date 今年 → 日期:2026'],
    });
    expect(rewritten('2021年 3月', rewriters, ['2021年 3月']).applied).toEqual([]);
  });
});
