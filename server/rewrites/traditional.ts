import { mayBeTraditional, toSimplified } from '../../indexer/analyzer/simplified.ts';
import type { QueryNode } from '../query/query.ts';
import { createAppliedList } from './applied-list.ts';
import type { Rewriter } from './rewrite.ts';
import { mapConjunctions } from './tree-rewriting.ts';

/** Traditional characters made simplified, by phrases: `貴陽綜保區 → 贵阳综保区`. */
export const traditionalRewriter: Rewriter = {
  type: 'traditional',
  rewrite(tree, context) {
    const list = createAppliedList('traditional', context);
    const simplify = (text: string): string => {
      const simplified = simplifyText(text);
      return simplified === text || !list.add(text, simplified) ? text : simplified;
    };
    return {
      tree: mapConjunctions(tree, (members) =>
        members.map((node): QueryNode => {
          if (node.type === 'text') return { type: 'text', text: simplify(node.text) };
          return node.type === 'park' ? { type: 'park', name: simplify(node.name) } : node;
        }),
      ),
      applied: list.applied,
    };
  },
};

/** The same conversion as in the index, run by run of Chinese characters. */
function simplifyText(text: string): string {
  if (!Array.from(text).some(mayBeTraditional)) return text;
  return text.replace(/\p{Script=Han}+/gu, toSimplified);
}
