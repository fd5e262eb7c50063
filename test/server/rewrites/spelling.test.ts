import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serializeQuery } from '../../../server/query/serialize-query.ts';
import type { QueryNode } from '../../../server/query/query.ts';
import { buildSpellingIndex } from '../../../server/rewrites/spelling-index.ts';
import { createSpellingSuggester, knownWords } from '../../../server/rewrites/spelling.ts';
import { analyzer, gazetteer, treeOf, wildTree } from './rewriting.ts';

const vocabulary = [
  ['营商环境', 900],
  ['招商引资', 700],
  ['集成电路', 500],
  ['人工智能', 2_000],
  ['综合保税区', 300],
  ['园区', 5_000],
  ['试验', 800],
  ['实验', 400],
  ['医治', 1],
  ['一直', 4_000],
  ['罕见词', 1],
].map(([word, count]) => ({ word: String(word), count: Number(count) }));

const suggester = createSpellingSuggester(analyzer);
const words = built(buildSpellingIndex(knownWords(gazetteer.parks, vocabulary)));
const suggestSpelling = (tree: QueryNode) => suggester(tree, words);

function built<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

describe('createSpellingSuggester', () => {
  it.each([
    ['a homophone in a park’s name', '贵阳高薪区', '贵阳高薪区', '贵阳高新区', '贵阳高新区'],
    ['another', '佛山高新曲', '佛山高新曲', '佛山高新区', '佛山高新区'],
    ['the name of the city', '苏洲工业园区', '苏洲工业园区', '苏州工业园区', '苏州工业园区'],
    ['a near shape', '东糊高新区', '东糊高新区', '东湖高新区', '东湖高新区'],
    ['a near sound', '合费高新区', '合费高新区', '合肥高新区', '合肥高新区'],
    ['a part of a text', '贵阳高薪区招商', '贵阳高薪区', '贵阳高新区', '贵阳高新区招商'],
    ['traditional characters', '貴陽高薪區', '貴陽高薪區', '贵阳高新区', '贵阳高新区'],
    ['a word of the corpus', '营商换境', '营商换境', '营商环境', '营商环境'],
    ['a short word', '园渠', '园渠', '园区', '园区'],
    [
      'two words',
      '营尚环境 贵阳高薪区',
      '营尚环境 贵阳高薪区',
      '营商环境 贵阳高新区',
      '营商环境 贵阳高新区',
    ],
    ['words that are right by themselves', '人工只能', '人工只能', '人工智能', '人工智能'],
    ['a title', '标题:贵阳高薪区', '贵阳高薪区', '贵阳高新区', '标题:贵阳高新区'],
  ])('corrects %s', (_, query, from, to, corrected) => {
    const suggestion = suggestSpelling(treeOf(query));
    expect(suggestion).toMatchObject({ from, to });
    expect(serializeQuery(suggestion?.tree ?? null)).toBe(corrected);
  });

  it.each([
    ['right names', '贵阳高新区'],
    ['parks of places that differ in one character', '锡山经开区 惠山经开区'],
    ['a park that the gazetteer lacks', '清镇高新区'],
    ['two words of the same sound', '实验'],
    ['a rare word that is one', '医治'],
    ['phrases', '"贵阳高薪区"'],
    ['exclusions', '-贵阳高薪区'],
    ['Latin letters', 'guiyang GDP 2022'],
    ['words side by side', '招商 引资'],
    ['a long text', '贵阳高薪区'.repeat(10)],
  ])('leaves %s alone', (_, query) => {
    expect(suggestSpelling(treeOf(query))).toBeNull();
  });

  it('never throws, and changes the query when it suggests', () => {
    fc.assert(
      fc.property(wildTree, (tree) => {
        const suggestion = suggestSpelling(tree);
        if (suggestion !== null) expect(suggestion.tree).not.toEqual(tree);
      }),
    );
  });
});
