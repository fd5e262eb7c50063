import { conjunction, disjunction, type QueryNode } from '../query/query.ts';

/** Where in a query a run of nodes stands. */
export interface NodePlace {
  /** Under an odd number of minus signs. */
  readonly negated: boolean;
  readonly titleOnly: boolean;
}

/** What becomes of the members of a conjunction. */
export type RewriteMembers = (
  members: readonly QueryNode[],
  place: NodePlace,
) => readonly QueryNode[];

/**
 * The tree with every conjunction replaced by what `rewrite` makes of its members; a node that is in
 * no `and` is a conjunction of one. Members that hold others (`or`, `not`, `title`) come to `rewrite`
 * already rewritten. What becomes empty is left out; a tree that becomes empty stays as it was.
 */
export function mapConjunctions(tree: QueryNode, rewrite: RewriteMembers): QueryNode {
  function members(node: QueryNode, place: NodePlace): QueryNode[] {
    const parts = node.type === 'and' ? node.nodes : [node];
    return parts.flatMap((part) => inside(part, place) ?? []);
  }

  function inside(node: QueryNode, place: NodePlace): QueryNode | null {
    switch (node.type) {
      case 'and':
        return visit(node, place);
      case 'or':
        return disjunction(node.nodes.flatMap((child) => visit(child, place) ?? []));
      case 'not': {
        const operand = visit(node.node, { ...place, negated: !place.negated });
        if (operand === null) return null;
        return operand.type === 'not' ? operand.node : { type: 'not', node: operand };
      }
      case 'title': {
        const operand = visit(node.node, { ...place, titleOnly: true });
        return operand === null ? null : { type: 'title', node: operand };
      }
      default:
        return node;
    }
  }

  function visit(node: QueryNode, place: NodePlace): QueryNode | null {
    return conjunction(rewrite(members(node, place), place));
  }

  return visit(tree, { negated: false, titleOnly: false }) ?? tree;
}

/** The texts of a tree in the order of reading; phrases, fields and what is excluded left out. */
export function textsOf(node: QueryNode, negated = false): string[] {
  switch (node.type) {
    case 'and':
    case 'or':
      return node.nodes.flatMap((child) => textsOf(child, negated));
    case 'not':
      return textsOf(node.node, !negated);
    case 'title':
      return textsOf(node.node, negated);
    default:
      return node.type === 'text' && !negated ? [node.text] : [];
  }
}

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

/** How often rewriting may still multiply a query: it never makes more than eight combinations of one. */
export function clauseBudget(tree: QueryNode) {
  let left = Math.floor(MOST_COMBINATIONS / clauseCount(tree));
  return {
    left: () => left,
    /** Takes what so many alternatives to one part of the query need, if there is enough. */
    take(alternatives: number): void {
      if (alternatives <= left) left = Math.floor(left / alternatives);
    },
  };
}
