import { describe, expect, it } from 'vitest';
import { loadEnglishPhrases } from '../../../config/english-phrases.ts';
import { createLocaliser } from '../../../server/languages/localise.ts';

const localise = createLocaliser(loadEnglishPhrases().pages);

describe('localise', () => {
  it.each([
    ['下一页', 'Next'],
    ['第 12 页', 'Page 12'],
    ['1 篇', '1 story'],
    ['1,234 篇', '1,234 stories'],
    ['3月', 'March'],
    ['2022年3月24日', '24 Mar 2022'],
    ['2022年3月', 'Mar 2022'],
    ['2022年 – 2025年', '2022 – 2025'],
    ['2022年3月，3 篇', 'Mar 2022, stories: 3'],
    ['与贵阳高新区比较', 'Compare with 贵阳高新区'],
    ['贵阳高新区：每月的报道篇数', '贵阳高新区: stories a month'],
    ['去掉“园区类型 综保区”', 'Without the park type “Bonded zone”'],
    ['只检索“综保区”', 'Only “综保区”'],
    ['page：页码从 1 开始', 'page: Pages begin with 1'],
    [
      '引号不成对，已略去（第 3 个字符）',
      'A quotation mark without its other half was left out (character 3)',
    ],
    ['不再比较$&{1}\n之类', 'Stop comparing $&{1}\n之类'],
  ])('says %s in English', (chinese, english) => {
    expect(localise(chinese, 'en')).toBe(english);
  });

  it.each([
    ['检索帮助', '檢索幫助'],
    ['1,234 篇', '1,234 篇'],
    ['与贵阳综保区比较', '與贵阳综保区比較'],
    ['去掉“园区类型 综保区”', '去掉“園區類型 綜保區”'],
    ['2022年3月24日', '2022年3月24日'],
    ['这句话不在短语表里', '這句話不在短語表裡'],
  ])('says %s in traditional characters', (simplified, traditional) => {
    expect(localise(simplified, 'zh-Hant')).toBe(traditional);
  });

  it('leaves simplified Chinese as it is written', () => {
    expect(localise('检索帮助', 'zh-Hans')).toBe('检索帮助');
  });
});
