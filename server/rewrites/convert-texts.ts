import type { QueryNode } from '../query/query.ts';
import { createAppliedList } from './applied-list.ts';
import type { Rewriter, RewriteType } from './rewrite.ts';
import { mapConjunctions } from './tree-rewriting.ts';

/** A rewriter that converts each text and each name of a park by itself. */
export function textConverter(type: RewriteType, convert: (text: string) => string): Rewriter {
  return {
    type,
    rewrite(tree, context) {
      const list = createAppliedList(type, context);
      const convertUnlessLiteral = (text: string): string => {
        const converted = convert(text);
        return converted === text || !list.add(text, converted) ? text : converted;
      };
      return {
        tree: mapConjunctions(tree, (members) =>
          members.map((node): QueryNode => {
            if (node.type === 'text') return { ...node, text: convertUnlessLiteral(node.text) };
            return node.type === 'park' ? { ...node, name: convertUnlessLiteral(node.name) } : node;
          }),
        ),
        applied: list.applied,
      };
    },
  };
}
