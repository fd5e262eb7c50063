import type { QueryNode } from '../query/query.ts';

/** How many conjunctions a query becomes when its alternatives are multiplied out. */
export function clauseCount(node: QueryNode, negated = false): number {
  switch (node.type) {
    case 'and':
    case 'or': {
      const counts = node.nodes.map((child) => clauseCount(child, negated));
      const multiplies = (node.type === 'and') !== negated;
      return counts.reduce((total, count) => (multiplies ? total * count : total + count));
    }
    case 'not':
      return clauseCount(node.node, !negated);
    case 'title':
      return clauseCount(node.node, negated);
    default:
      return 1;
  }
}

/** Each combination of alternatives is a query of its own to the engine. */
const MOST_COMBINATIONS = 8;

/** How many times over a rewriter may still multiply a query. */
export interface Room {
  readonly left: () => number;
  /** Takes the room for so many alternatives to one part of the query; false if there is not enough. */
  readonly take: (alternatives: number) => boolean;
}

/** The room that a query leaves: it never becomes more than eight combinations by rewriting. */
export function roomIn(tree: QueryNode): Room {
  let left = Math.floor(MOST_COMBINATIONS / clauseCount(tree));
  return {
    left: () => left,
    take(alternatives) {
      if (alternatives > left) return false;
      left = Math.floor(left / alternatives);
      return true;
    },
  };
}
