import { describe, expect, it } from 'vitest';
import { loadSynonyms, parseSynonyms, SynonymsError } from '../../config/synonyms.ts';

describe('parseSynonyms', () => {
  it('reads groups and one-way lines', () => {
    const text =
      '# 说明\n\n综保区 = 综合保税区 # 简称\r\n软体 => 软件\nGDP ＝ 生产总值 = 地区生产总值\n';
    expect([...parseSynonyms(text)]).toEqual([
      ['综保区', ['综合保税区']],
      ['综合保税区', ['综保区']],
      ['软体', ['软件']],
      ['GDP', ['生产总值', '地区生产总值']],
      ['生产总值', ['GDP', '地区生产总值']],
      ['地区生产总值', ['GDP', '生产总值']],
    ]);
  });

  it.each([
    ['综保区', /第 1 行：只有一个词。请写成/],
    ['综保区 = ', /第 1 行：“=”或“=>”的一边是空的/],
    ['甲 = 乙\n\n乙 = 丙', /第 3 行：“乙”已在第 1 行。请并成一组/],
    ['AI = 甲\nai => 乙', /第 2 行：“ai”已在第 1 行/],
    ['甲 = 甲', /第 1 行：“甲”写了两次/],
    ['甲 = 乙 = 丙 = 丁 = 戊 = 己', /第 1 行：有 6 个词，一组最多 5 个/],
    ['甲 = 乙 => 丙', /第 1 行：“=>”的左边只能有一个词/],
    ['甲 => 乙 => 丙', /第 1 行：“=>”只能写一个/],
    ['甲 = 乙 丙', /第 1 行：“乙 丙”里有空格/],
    [`甲 = ${'乙'.repeat(31)}`, /超过 30 个字/],
  ])('refuses %j', (text, message) => {
    expect(() => parseSynonyms(text)).toThrow(SynonymsError);
    expect(() => parseSynonyms(text)).toThrow(message);
  });

  it('reports all faults together', () => {
    expect(() => parseSynonyms('甲\n乙 =')).toThrow(/第 1 行[\s\S]*第 2 行/);
  });
});

describe('loadSynonyms', () => {
  it('reads the file that ships with the project', () => {
    const synonyms = loadSynonyms();
    expect(synonyms.size).toBeGreaterThan(100);
    expect(synonyms.get('综保区')).toEqual(['综合保税区']);
  });

  it('names the file and the remedy when it is missing', () => {
    expect(() => loadSynonyms('/nowhere')).toThrow(/config\/synonyms\.txt[\s\S]*git checkout/);
  });
});
