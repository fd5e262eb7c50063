import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../server/query/parse-query.ts';
import type { QueryNode } from '../../../server/query/query.ts';
import { QuerySyntaxError } from '../../../server/query/query.ts';
import { serializeQuery } from '../../../server/query/serialize-query.ts';

const text = (value: string): QueryNode => ({ type: 'text', text: value });
const phrase = (value: string): QueryNode => ({ type: 'phrase', text: value });
const and = (...nodes: QueryNode[]): QueryNode => ({ type: 'and', nodes });
const or = (...nodes: QueryNode[]): QueryNode => ({ type: 'or', nodes });
const not = (node: QueryNode): QueryNode => ({ type: 'not', node });

describe('parseQuery', () => {
  it.each<[string, QueryNode | null]>([
    ['', null],
    ['  　', null],
    ['高新区', text('高新区')],
    ['高新区 招商', and(text('高新区'), text('招商'))],
    ['"一窗 通办"', phrase('一窗 通办')],
    ['“一窗通办”', phrase('一窗通办')],
    ['「一窗通办」', phrase('一窗通办')],
    ['招商 -有限公司', and(text('招商'), not(text('有限公司')))],
    ['招商 -"有限 公司"', and(text('招商'), not(phrase('有限 公司')))],
    ['a OR b', or(text('a'), text('b'))],
    ['a|b c', or(text('a'), and(text('b'), text('c')))],
    ['a (b OR c)', and(text('a'), or(text('b'), text('c')))],
    ['标题:签约', { type: 'title', node: text('签约') }],
    ['标题：“集中签约”', { type: 'title', node: phrase('集中签约') }],
    ['park:贵阳高新区', { type: 'park', name: '贵阳高新区' }],
    ['来源:示例科技报', { type: 'source', name: '示例科技报' }],
    ['日期:2022', { type: 'date', from: '2022', to: '2022' }],
    ['日期:2021..2022-03', { type: 'date', from: '2021', to: '2022-03' }],
    ['日期:2021..', { type: 'date', from: '2021', to: '' }],
    ['COVID-19 中新-苏滁', and(text('COVID-19'), text('中新-苏滁'))],
    ['a - b', and(text('a'), text('-'), text('b'))],
    ['http://x', text('http://x')],
  ])('reads %j', (input, tree) => {
    expect(parseQuery(input).tree).toEqual(tree);
    expect(parseQuery(input).notices).toEqual([]);
  });

  it.each<[string, QueryNode | null]>([
    ['"未完', text('未完')],
    ['招商”', text('招商')],
    ['(招商', text('招商')],
    ['招商)', text('招商')],
    ['招商 OR', text('招商')],
    ['标题:', null],
    ['-(', null],
  ])('still searches %j and says what it left out', (input, tree) => {
    expect(parseQuery(input).tree).toEqual(tree);
    expect(parseQuery(input).notices).not.toEqual([]);
  });

  it('points at a date that is none', () => {
    expect(() => parseQuery('招商 日期:2022-13')).toThrow(QuerySyntaxError);
    expect(() => parseQuery('招商 日期:2022-13')).toThrow(/2022-13[\s\S]*\n　　 　　 \^$/u);
  });

  it('refuses brackets too deep instead of running out of stack', () => {
    expect(() => parseQuery('('.repeat(400) + 'a')).toThrow(QuerySyntaxError);
    expect(() => parseQuery('-(标题:'.repeat(100) + 'a')).toThrow(QuerySyntaxError);
  });

  it('never throws anything but a syntax error', () => {
    const signs = fc.array(
      fc.oneof(
        fc.constantFrom('"', '“', '”', '(', ')', '-', '|', 'OR', '标题:', '日期:', '..', '\\', ' '),
        fc.string({ unit: 'binary', maxLength: 5 }),
      ),
    );
    fc.assert(
      fc.property(signs, (parts) => {
        try {
          parseQuery(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(QuerySyntaxError);
        }
      }),
    );
  });
});

describe('serializeQuery', () => {
  const word = fc.stringMatching(/^[一-龥a-z0-9]{1,6}$/u).filter((value) => value !== 'OR');
  const quoted = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((value) => value.trim() !== '');
  const date = fc.constantFrom('2021', '2022-03', '2022-03-01');
  const { tree } = fc.letrec<{ tree: QueryNode; leaf: QueryNode; operand: QueryNode }>((tie) => ({
    leaf: fc.oneof(
      word.map(text),
      quoted.map(phrase),
      quoted.map((name): QueryNode => ({ type: 'park', name })),
      quoted.map((name): QueryNode => ({ type: 'source', name })),
      fc.tuple(date, date).map(([from, to]): QueryNode => ({ type: 'date', from, to })),
    ),
    operand: tie('tree').filter((node) => node.type !== 'not'),
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      tie('operand').map(not),
      tie('operand').map((node): QueryNode => ({ type: 'title', node })),
      fc
        .array(
          tie('tree').filter((node) => node.type !== 'and'),
          { minLength: 2, maxLength: 3 },
        )
        .map((nodes) => and(...nodes)),
      fc
        .array(
          tie('tree').filter((node) => node.type !== 'or'),
          { minLength: 2, maxLength: 3 },
        )
        .map((nodes) => or(...nodes)),
    ),
  }));

  it('is undone by parseQuery', () => {
    fc.assert(
      fc.property(tree, (node) => {
        expect(parseQuery(serializeQuery(node)).tree).toEqual(node);
      }),
    );
  });
});
