import { describe, expect, it } from 'vitest';
import { createQuestionRewriter } from '../../../server/rewrites/question.ts';
import { analyzer, isStopWord, rewritten } from './rewriting.ts';

const rewriters = [createQuestionRewriter(analyzer, isStopWord)];

describe('createQuestionRewriter', () => {
  it.each([
    ['请问哪些园区在2022年获批综合保税区？', '园区 2022年获批综合保税区'],
    ['什么是自贸区', '自贸区'],
    ['如何招商引资', '招商引资'],
    ['综保区的优惠政策有哪些', '综保区 优惠政策'],
    ['《求是》杂志如何投稿？', '求是 杂志 投稿'],
    ['合肥 GDP 是多少', '合肥 GDP'],
  ])('reduces %s to %s', (query, expected) => {
    expect(rewritten(query, rewriters).query).toBe(expected);
  });

  it.each([
    ['headlines', '我国的高新区和综保区在今年都实现了增长'],
    ['a question of small words only', '这是什么？'],
    ['titles', '标题:什么是自贸区'],
    ['phrases', '"什么是自贸区"'],
    ['exclusions', '自贸区 -什么是'],
    ['几内亚', '几内亚的铝土矿'],
    ['what counts but does not ask', '要处理好几个重大的关系'],
  ])('leaves %s alone', (_, query) => {
    expect(rewritten(query, rewriters)).toMatchObject({ query, applied: [] });
  });

  it('keeps what else was asked for', () => {
    expect(rewritten('"营商环境" 是什么', rewriters).query).toBe('"营商环境"');
  });

  it('can be undone', () => {
    expect(rewritten('什么是自贸区', rewriters, ['什么是自贸区'])).toMatchObject({
      query: '什么是自贸区',
      applied: [],
    });
  });
});
