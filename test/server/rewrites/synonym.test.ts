import { describe, expect, it } from 'vitest';
import { loadSynonyms, parseSynonyms } from '../../../config/synonyms.ts';
import { createSynonymRewriter } from '../../../server/rewrites/synonym.ts';
import { analyzer, rewritten } from './rewriting.ts';

const synonyms = parseSynonyms(
  '高新区 = 高新技术产业开发区\n综保区 = 综合保税区\nGDP = 地区生产总值 = 国内生产总值\n' +
    '海归 = 留学回国人员\n双碳 => 碳达峰碳中和\n招商 = 引资',
);
const rewriters = [createSynonymRewriter(synonyms, analyzer)];

describe('createSynonymRewriter', () => {
  it.each([
    ['综保区', '综保区 OR 综合保税区'],
    ['高新区规划', '高新区规划 OR 高新技术产业开发区规划'],
    ['企业 综保区', '企业 (综保区 OR 综合保税区)'],
    ['gdp', 'gdp OR 地区生产总值 OR 国内生产总值'],
    ['留学回国人员', '留学回国人员 OR 海归'],
    ['双碳', '双碳 OR 碳达峰碳中和'],
    ['标题:综保区', '标题:(综保区 OR 综合保税区)'],
    ['综保区 OR 企业', '综保区 OR 综合保税区 OR 企业'],
  ])('widens %s to %s', (query, expected) => {
    expect(rewritten(query, rewriters).query).toBe(expected);
  });

  it('says what is searched for', () => {
    expect(rewritten('综保区规划', rewriters).applied).toEqual([
      'synonym 综保区 → 综保区 OR 综合保税区',
    ]);
  });

  it.each([
    ['one-way synonyms from the other side', '碳达峰碳中和'],
    ['exclusions', '企业 -综保区'],
    ['phrases', '"综保区"'],
    ['fields', '园区:综保区'],
    ['long texts', '综保区里的企业家们昨天下午在市政府的大会议室里开了一次座谈会'],
  ])('leaves %s alone', (_, query) => {
    expect(rewritten(query, rewriters)).toMatchObject({ query, applied: [] });
  });

  it('makes at most eight combinations', () => {
    const { tree, applied } = rewritten('GDP 综保区 高新区 海归 招商 双碳', rewriters);
    expect(applied).toHaveLength(2);
    expect(tree).toMatchObject({
      nodes: [{ nodes: { length: 3 } }, { nodes: { length: 2 } }, {}, {}, {}, {}],
    });
  });

  it('adds nothing to a query of many alternatives', () => {
    expect(rewritten('a OR b OR c OR d OR e OR f OR g OR h OR 综保区', rewriters).applied).toEqual(
      [],
    );
  });

  it('can be undone', () => {
    expect(rewritten('综保区 海归', rewriters, ['综保区']).query).toBe(
      '综保区 (海归 OR 留学回国人员)',
    );
  });

  it('knows the synonyms that ship with the project', () => {
    const shipped = [createSynonymRewriter(loadSynonyms(), analyzer)];
    expect(rewritten('经开区', shipped).query).toBe('经开区 OR 经济技术开发区');
    expect(rewritten('软体', shipped).query).toBe('软体 OR 软件');
  });
});
