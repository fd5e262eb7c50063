import fc from 'fast-check';
import { createAnalyzer } from '../../../indexer/analyzer/analyzer.ts';
import { loadWordLists } from '../../../indexer/analyzer/word-lists.ts';
import { parseQuery } from '../../../server/query/parse-query.ts';
import { conjunction, disjunction, type QueryNode } from '../../../server/query/query.ts';
import { serializeQuery } from '../../../server/query/serialize-query.ts';
import { createNameProtector } from '../../../server/rewrites/bracketed-names.ts';
import type { AppliedRewrite, Rewriter } from '../../../server/rewrites/rewrite.ts';
import { rewriteQuery } from '../../../server/rewrites/rewrites.ts';

export const TODAY = '2026-11-21';
export const lists = loadWordLists();
export const { gazetteer, isStopWord } = lists;
export const analyzer = createAnalyzer(lists.words);
const protectParkNames = createNameProtector(gazetteer);

/** The tree of a query as the service parses it. */
export function treeOf(query: string): QueryNode {
  const { tree } = parseQuery(protectParkNames(query));
  if (tree === null) throw new Error(`“${query}” asks for nothing`);
  return tree;
}

/** What some rewriters make of a query, in the query language, and what they say they did. */
export function rewritten(
  query: string,
  rewriters: readonly Rewriter[],
  literal: readonly string[] = [],
): { readonly query: string; readonly tree: QueryNode; readonly applied: readonly string[] } {
  const context = { literal: new Set(literal), today: TODAY };
  const { tree, applied } = rewriteQuery(treeOf(query), rewriters, context);
  return { query: serializeQuery(tree), tree, applied: applied.map(told) };
}

function told({ type, from, to }: AppliedRewrite): string {
  return `${type} ${from} → ${to}`;
}

const PIECES = [
  '貴陽國家高新區',
  '贵阳高新区',
  '西部﹙重庆﹚科学城',
  '武汉',
  '光谷',
  '亦庄',
  '东湖高新股份',
  'ＧＹＧＸＱ',
  'guiyang',
  'gaoxinqu',
  'gygxq',
  '去年',
  '近三个月',
  '2021年',
  '3月',
  '2022年上半年',
  '２０１９－２０２１年',
  '高新区',
  '综保区招商',
  'GDP',
  '是多少？',
  '请问哪些',
  '的',
  '，',
  '－',
  '软體',
  '😀',
  '\ud83d',
];

/** Words of all that rewriters look for, run together and mixed with any characters. */
const wildText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 4 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((pieces) => pieces.join(''))
  .filter((text) => text !== '');

/** Any tree that keeps the rules of `QueryNode`. */
export const wildTree: fc.Arbitrary<QueryNode> = fc.letrec<{ tree: QueryNode }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    wildText.map((text): QueryNode => ({ type: 'text', text })),
    wildText.map((text): QueryNode => ({ type: 'phrase', text })),
    wildText.map((name): QueryNode => ({ type: 'park', name })),
    wildText.map((name): QueryNode => ({ type: 'source', name })),
    fc.constant<QueryNode>({ type: 'date', from: '2021', to: '2022-03' }),
    tie('tree').map((node): QueryNode => ({ type: 'not', node })),
    tie('tree').map((node): QueryNode => ({ type: 'title', node })),
    fc.array(tie('tree'), { minLength: 2, maxLength: 4 }).map((nodes) => conjunction(nodes)!),
    fc.array(tie('tree'), { minLength: 2, maxLength: 4 }).map((nodes) => disjunction(nodes)!),
  ),
})).tree;
