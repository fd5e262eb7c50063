import { describe, expect, it } from 'vitest';
import { createPinyinTable, pinyinLetters } from '../../../server/rewrites/pinyin-table.ts';
import { createPinyinRewriter } from '../../../server/rewrites/pinyin.ts';
import { gazetteer, rewritten } from './rewriting.ts';

const table = createPinyinTable(gazetteer.parks);
const rewriters = [createPinyinRewriter(table)];

describe('pinyinLetters', () => {
  it.each([
    ['Guìyáng gāoxīnqū', 'guiyanggaoxinqu'],
    ['gui1 yang2', 'guiyang'],
    ['gui1yang2gao1xin1qu1', 'guiyanggaoxinqu'],
    ["Xi'an", 'xian'],
    ['xi’an-gaoxinqu', 'xiangaoxinqu'],
    ['Lǚliáng', 'lvliang'],
    ['ＧＹＧＸＱ', 'gygxq'],
  ])('writes %s as %s', (text, letters) => {
    expect(pinyinLetters(text)).toBe(letters);
  });
});

describe('createPinyinRewriter', () => {
  it.each([
    ['guiyang gaoxinqu', '贵阳高新区'],
    ['guiyanggaoxinqu', '贵阳高新区'],
    ['gui yang gao xin qu', '贵阳高新区'],
    ['Guìyáng gāoxīnqū', '贵阳高新区'],
    ["xi'an gaoxinqu", '西安高新区'],
    ['gygxq', '贵阳高新区'],
    ['GYGXQ', '贵阳高新区'],
    ['suzhou gongyeyuanqu', '苏州工业园区'],
    ['guiyang gaoxin jishu chanye kaifaqu', '贵阳高新区'],
    ['chongqing gaoxinqu', '重庆高新区'],
    ['minhang jingkaiqu', '闵行经开区'],
    ['hunchun zonghebaoshuiqu', '珲春综合保税区'],
  ])('takes %s for %s', (query, park) => {
    const { tree, applied } = rewritten(query, rewriters);
    expect(tree).toMatchObject({ type: 'named-park', name: park, typed: query });
    expect(applied).toEqual([`pinyin ${query} → ${park}`]);
  });

  it.each([
    ['guiyang gaoxinqu 招商', '贵阳高新区 招商'],
    ['招商 gygxq -有限公司', '招商 贵阳高新区 -有限公司'],
    ['gygxq营商环境', '贵阳高新区 营商环境'],
    ['AI gygxq', 'AI 贵阳高新区'],
    ['-gygxq', '-贵阳高新区'],
    ['标题:gygxq', '标题:贵阳高新区'],
    ['园区:gygxq', '园区:贵阳高新区'],
  ])('finds it in %s', (query, expected) => {
    expect(rewritten(query, rewriters).query).toBe(expected);
  });

  it.each([
    ['Latin words', 'AI IC GDP RCEP app park'],
    ['a city alone', 'guiyang'],
    ['a common word alone', 'gaoxinqu'],
    ['an ambiguous name', 'guanggu'],
    ['initials of several parks alike', 'xagxq'],
    ['phrases', '"gygxq"'],
    ['part of a longer run', 'gygxqabc'],
  ])('leaves %s alone', (_, query) => {
    expect(rewritten(query, rewriters)).toMatchObject({ query, applied: [] });
  });

  it('can be undone', () => {
    expect(rewritten('guiyang gaoxinqu gygxq', rewriters, ['guiyang gaoxinqu'])).toMatchObject({
      query: 'guiyang gaoxinqu 贵阳高新区',
    });
    expect(rewritten('标题:gygxq', rewriters, ['gygxq']).query).toBe('标题:gygxq');
  });
});

describe('spelledFrom', () => {
  const names = (text: string) =>
    table.spelledFrom(pinyinLetters(text)).map(({ park }) => park.name);

  it('gives all parks of a spelling, and those whose names begin so', () => {
    expect(names('xagxq')).toEqual(expect.arrayContaining(['西安高新区', '雄安高新区']));
    expect(names('guanggu')).toContain('东湖高新区');
    expect(names('guiy')).toEqual(expect.arrayContaining(['贵阳高新区', '贵阳经开区']));
    expect(names('gygxq')[0]).toBe('贵阳高新区');
  });

  it.each(['', '贵阳', '123', 'zzzz'])('gives none for %j', (text) => {
    expect(names(text)).toEqual([]);
  });
});
