import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../server/query/parse-query.ts';
import type { QueryNode } from '../../../server/query/query.ts';
import { QuerySyntaxError } from '../../../server/query/query.ts';
import { serializeQuery } from '../../../server/query/serialize-query.ts';
import { createRewriters, rewriteQuery } from '../../../server/rewrites/rewrites.ts';
import { clauseCount } from '../../../server/rewrites/tree-rewriting.ts';
import { analyzer, lists, rewritten, TODAY, wildTree } from './rewriting.ts';

const rewriters = createRewriters({ ...lists, analyzer });
const NAMES = '（含别称、旧称）';

describe('rewriteQuery', () => {
  it.each<[string, string, string[]]>([
    [
      '貴陽國家高新區 去年 營商環境',
      '贵阳高新区 营商环境 日期:2025',
      [
        'traditional 貴陽國家高新區 → 贵阳国家高新区',
        'traditional 營商環境 → 营商环境',
        'date 去年 → 日期:2025',
        'park 贵阳国家高新区 → 贵阳高新区',
      ],
    ],
    ['ＧＹＧＸＱ', '贵阳高新区', ['width ＧＹＧＸＱ → GYGXQ', 'pinyin GYGXQ → 贵阳高新区']],
    [
      '2022年上半年合肥高新区的GDP是多少？',
      '(2022年上半年 OR 日期:2022-01..2022-06) 合肥高新区 (GDP OR 地区生产总值 OR 国内生产总值 OR 生产总值)',
      [
        'date 2022年上半年 → 2022年上半年 OR 日期:2022-01..2022-06',
        `park 合肥高新区 → 合肥高新区${NAMES}`,
        'question GDP是多少？ → GDP',
        'synonym GDP → GDP OR 地区生产总值 OR 国内生产总值 OR 生产总值',
      ],
    ],
    [
      'guiyang gaoxinqu 2021年',
      '贵阳高新区 日期:2021',
      ['date 2021年 → 日期:2021', 'pinyin guiyang gaoxinqu → 贵阳高新区'],
    ],
    ['招商 -有限公司', '招商 -有限公司', []],
    ['西部(重庆)科学城', '重庆高新区', ['park 西部(重庆)科学城 → 重庆高新区']],
    [
      '西部（重慶）科學城',
      '重庆高新区',
      [
        'traditional 西部（重慶）科學城 → 西部（重庆）科学城',
        'park 西部（重庆）科学城 → 重庆高新区',
      ],
    ],
    ['亦庄', '亦庄', []],
    ['光谷', '光谷', []],
    ['2025', '2025', []],
    ['３．８％', '3.8%', ['width ３．８％ → 3.8%']],
    ['二〇二五年', '日期:2025', ['date 二〇二五年 → 日期:2025']],
    [
      '綜保區',
      '综保区 OR 综合保税区',
      ['traditional 綜保區 → 综保区', 'synonym 综保区 → 综保区 OR 综合保税区'],
    ],
    ['軟體', '软体 OR 软件', ['traditional 軟體 → 软体', 'synonym 软体 → 软体 OR 软件']],
    ['"营商环境" 园区:贵阳高新区 日期:2022', '"营商环境" 园区:贵阳高新区 日期:2022', []],
    ['😀', '😀', []],
    ['<script>', '<script>', []],
  ])('understands %s', (query, expected, applied) => {
    expect(rewritten(query, rewriters)).toMatchObject({ query: expected, applied });
  });

  it('takes a name in traditional characters for the park when the conversion is undone', () => {
    expect(rewritten('貴陽國家高新區', rewriters, ['貴陽國家高新區']).applied).toEqual([]);
    expect(rewritten('貴陽國家高新區招商', rewriters, ['貴陽國家高新區招商']).applied).toEqual([
      'park 貴陽國家高新區 → 贵阳高新区',
    ]);
  });

  it('never throws and keeps the rules of the tree', () => {
    fc.assert(
      fc.property(wildTree, (tree) => {
        const { tree: result } = rewriteQuery(tree, rewriters, {
          literal: new Set(),
          today: TODAY,
        });
        expectWellFormed(result);
        expect(clauseCount(result)).toBeLessThanOrEqual(Math.max(8, clauseCount(tree)));
        expect(parses(serializeQuery(result))).toBe(true);
      }),
    );
  });

  it('undoes each rewrite for which its `from` is to be left as typed', () => {
    fc.assert(
      fc.property(wildTree, (tree) => {
        const { applied } = rewriteQuery(tree, rewriters, { literal: new Set(), today: TODAY });
        for (const { type, from } of applied) {
          const undone = rewriteQuery(tree, rewriters, { literal: new Set([from]), today: TODAY });
          expect(
            undone.applied.filter((other) => other.type === type && other.from === from),
          ).toEqual([]);
        }
      }),
    );
  });

  it('takes a paste of 5,000 characters, in one piece and in many', () => {
    const piece = '2021年贵阳高新区去年gygxq的综保区是多少，';
    for (const paste of [piece.repeat(200), `${piece} `.repeat(200)]) {
      const { tree } = rewritten(paste.slice(0, 5_000), rewriters);
      expect(clauseCount(tree)).toBeLessThanOrEqual(8);
    }
  });

  it('leaves phrases, sources and dates as they are', () => {
    const untouched = (tree: QueryNode): string[] => {
      if ('nodes' in tree) return tree.nodes.flatMap(untouched);
      if ('node' in tree) return untouched(tree.node);
      return tree.type === 'phrase' || tree.type === 'source' ? [JSON.stringify(tree)] : [];
    };
    fc.assert(
      fc.property(wildTree, (tree) => {
        const { tree: result } = rewriteQuery(tree, rewriters, {
          literal: new Set(),
          today: TODAY,
        });
        expect(untouched(result)).toEqual(untouched(tree));
      }),
    );
  });

  it('gives the same again', () => {
    fc.assert(
      fc.property(wildTree, (tree) => {
        const context = { literal: new Set<string>(), today: TODAY };
        expect(rewriteQuery(tree, rewriters, context)).toEqual(
          rewriteQuery(tree, rewriters, context),
        );
      }),
    );
  });
});

function expectWellFormed(node: QueryNode): void {
  if (node.type === 'and' || node.type === 'or') {
    expect(node.nodes.length).toBeGreaterThan(1);
    for (const child of node.nodes) {
      expect(child.type).not.toBe(node.type);
      expectWellFormed(child);
    }
  } else if (node.type === 'not' || node.type === 'title') expectWellFormed(node.node);
  else if (node.type === 'text') expect(node.text).not.toBe('');
}

/** Or says in words why not. */
function parses(query: string): boolean {
  try {
    parseQuery(query);
    return true;
  } catch (error) {
    return error instanceof QuerySyntaxError;
  }
}
