import { describe, expect, it } from 'vitest';
import { traditionalRewriter } from '../../../server/rewrites/convert-texts.ts';
import { rewritten } from './rewriting.ts';

describe('traditionalRewriter', () => {
  it.each([
    ['貴陽高新區', '贵阳高新区'],
    ['綜保區 招商', '综保区 招商'],
    ['臺灣', '台湾'],
    ['乾燥', '干燥'],
    ['頭髮 發展', '头发 发展'],
    ['後來 皇后', '后来 皇后'],
    ['園區:貴陽高新區', '园区:贵阳高新区'],
    ['標題:簽約', '标题:签约'],
    ['GUI開發', 'GUI开发'],
  ])('makes %s %s', (query, expected) => {
    expect(rewritten(query, [traditionalRewriter]).query).toBe(expected);
  });

  it.each(['贵阳高新区', '"貴陽高新區"', '来源:聯合報', 'GUI'])('leaves %s alone', (query) => {
    expect(rewritten(query, [traditionalRewriter])).toMatchObject({ query, applied: [] });
  });

  it('can be undone', () => {
    expect(rewritten('貴陽 綜保區', [traditionalRewriter], ['綜保區'])).toMatchObject({
      query: '贵阳 綜保區',
      applied: ['traditional 貴陽 → 贵阳'],
    });
  });
});
