import { describe, expect, it } from 'vitest';
import { createParkNameFinder } from '../../../indexer/annotators/park-names.ts';
import { createParkRewriter } from '../../../server/rewrites/park.ts';
import { gazetteer, rewritten } from './rewriting.ts';

const rewriters = [createParkRewriter(createParkNameFinder(gazetteer))];

describe('createParkRewriter', () => {
  it.each([
    ['an alias', '贵阳国家高新区', '贵阳高新区'],
    ['a full name', '贵阳高新技术产业开发区', '贵阳高新区'],
    ['a former name', '北京市新技术产业开发试验区', '中关村'],
    ['traditional characters', '貴陽國家高新區', '贵阳高新区'],
    ['brackets', '西部(重庆)科学城', '重庆高新区'],
    ['brackets of the other width', '中国（上海）自由贸易试验区', '上海自贸试验区'],
  ])('knows a park by %s', (_, query, name) => {
    const { tree, applied } = rewritten(query, rewriters);
    const park = gazetteer.parks.find((other) => other.name === name);
    expect(tree).toEqual({ type: 'named-park', id: park?.id, name: park?.name, typed: query });
    expect(applied).toEqual([`park ${query} → ${name}`]);
  });

  it('says that other names are meant as well when the usual one was typed', () => {
    expect(rewritten('贵阳高新区', rewriters)).toMatchObject({
      tree: { type: 'named-park', name: '贵阳高新区', typed: '贵阳高新区' },
      applied: ['park 贵阳高新区 → 贵阳高新区（含别称、旧称）'],
    });
  });

  it.each([
    ['贵阳国家高新区营商环境', '贵阳高新区 营商环境'],
    ['贵阳国家高新区的营商环境', '贵阳高新区 营商环境'],
    ['招商 贵阳国家高新区', '招商 贵阳高新区'],
    ['贵阳国家高新区、合肥国家高新区', '贵阳高新区 合肥高新区'],
    ['武汉 光谷', '武汉 东湖高新区'],
    ['武汉光谷', '东湖高新区'],
    ['光谷 东湖高新区', '东湖高新区'],
    ['-贵阳国家高新区', '-贵阳高新区'],
    ['(贵阳国家高新区 OR 招商) 2022', '(贵阳高新区 OR 招商) 2022'],
    ['园区:贵阳国家高新区', '园区:贵阳高新区'],
    ['标题:贵阳国家高新区签约', '标题:((贵阳国家高新区 OR 贵阳高新区) 签约)'],
  ])('makes %s %s', (query, expected) => {
    expect(rewritten(query, rewriters).query).toBe(expected);
  });

  it.each([
    ['ambiguous names', '光谷'],
    ['ambiguous names', '亦庄'],
    ['what is excluded as evidence', '光谷 -武汉'],
    ['companies', '东湖高新'],
    ['companies', '苏州高新股份'],
    ['squares and stations', '武汉 光谷广场'],
    ['common words', '高新区'],
    ['phrases', '"贵阳国家高新区"'],
    ['a longer exclusion', '-贵阳国家高新区营商环境'],
    ['a field with the usual name', '园区:贵阳高新区'],
    ['places in a list', '苏州、徐州招商'],
  ])('leaves %s alone', (_, query) => {
    expect(rewritten(query, rewriters)).toMatchObject({ query, applied: [] });
  });

  it.each(['贵阳国家高新区', '贵阳高新区', '西部(重庆)科学城'])(
    'leaves %s as typed on request',
    (name) => {
      const { tree, applied } = rewritten(`${name}招商 合肥国家高新区`, rewriters, [name]);
      expect(applied).toEqual(['park 合肥国家高新区 → 合肥高新区']);
      expect(tree).toMatchObject({
        type: 'and',
        nodes: [{ type: 'text' }, { type: 'named-park' }],
      });
    },
  );
});
